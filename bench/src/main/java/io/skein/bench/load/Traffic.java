package io.skein.bench.load;

import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.skein.bench.wire.Session;
import io.skein.protocol.v1.Entry;

/** What messages do in one run: latencies of those in the window, and the sums of all. */
public final class Traffic implements Session.Pushes {
  private static final Figure REFUSED = Figure.check("refused for the moment, then sent again");
  private static final Figure NOT_PUSHED = Figure.check("not pushed, for a sync to find");

  private final Series acknowledged;
  private final Series delivered;
  private long expected;
  private long received;
  private long refused;
  private String lastRefusal = "";

  private Traffic(Series acknowledged, Series delivered) {
    this.acknowledged = acknowledged;
    this.delivered = delivered;
  }

  /** Latency counts from when a message was sent. */
  public static Traffic closed(Meter meter) {
    return new Traffic(meter.closed("acknowledged"), meter.closed("delivered"));
  }

  /** Latency counts from when a message was due. */
  public static Traffic open(Meter meter) {
    return new Traffic(meter.open("acknowledged"), meter.open("delivered"));
  }

  @Override
  public void entry(Session to, Entry entry) {
    if (entry.hasText()) {
      received++;
      delivered.record(Bodies.timeOf(entry.getText().getBody()));
    }
  }

  void acknowledged(long since, int audience) {
    expected += audience;
    acknowledged.record(since);
  }

  void refused(String why) {
    refused++;
    lastRefusal = why;
  }

  /** Whether everything that was acknowledged has been pushed. */
  boolean isAllDelivered() {
    return received >= expected;
  }

  /** Messages that were acknowledged within the window. */
  public Costs.Per messages() {
    return new Costs.Per("message", acknowledged::done);
  }

  /** Entries that sessions were pushed within the window. */
  public Costs.Per deliveries() {
    return new Costs.Per("delivery", delivered::done);
  }

  void addTo(Run run) {
    run.add(REFUSED, refused);
    run.add(NOT_PUSHED, expected - received);
    if (refused > 0) {
      run.note("the last refusal: " + lastRefusal);
    }
    if (received > expected) {
      run.fault(received - expected + " entries were pushed twice");
    }
  }
}
