package io.skein.bench.scenario;

import io.skein.bench.LoadException;
import io.skein.bench.load.Bodies;
import io.skein.bench.load.Costs;
import io.skein.bench.load.OpenLoop;
import io.skein.bench.load.Stage;
import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import io.skein.bench.wire.Session;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Signal;
import io.skein.protocol.v1.SignalReply;
import io.skein.protocol.v1.SignalRequest;
import java.util.List;

/** Signals of one run: sent when they are due if there is room, never again. */
final class Signals implements Session.Pushes {
  static final Rpc<SignalRequest, SignalReply> SIGNAL =
      Rpc.of("messages.signal", SignalRequest.class, SignalReply.class);

  /** Some calls are left for pings. */
  private static final int RESERVED = 8;

  private final Meter meter;
  private final Series answered;
  private final Series delivered;
  private long accepted;
  private long received;
  private long skipped;
  private long open;

  Signals(Meter meter) {
    this.meter = meter;
    this.answered = meter.open("accepted");
    this.delivered = meter.open("delivered");
  }

  @Override
  public void signal(Session to, Signal signal) {
    received++;
    delivered.record(Bodies.timeOf(signal.getCustom().getData()));
  }

  Load load(
      Stage stage, List<Session> senders, String conversationId, int perSecond, Bodies bodies) {
    int[] next = {0};
    return new Load(
        new OpenLoop(
            stage.loop(),
            perSecond,
            meter,
            due ->
                send(
                    senders.get(next[0] % senders.size()),
                    request(conversationId, ++next[0], bodies.of(due)),
                    due)));
  }

  static SignalRequest request(String conversationId, int counter, String data) {
    return SignalRequest.newBuilder()
        .setConversationId(conversationId)
        .setCounter(counter)
        .setCustom(Custom.newBuilder().setType("bench").setData(data))
        .build();
  }

  private void send(Session by, SignalRequest request, long due) {
    if (by.room() <= RESERVED) {
      skipped++;
      return;
    }
    open++;
    by.call(
        SIGNAL,
        request,
        frame -> {
          open--;
          if (!frame.hasError()) {
            accepted++;
            answered.record(due);
          } else if (frame.getError().getRetryable()) {
            skipped++;
          } else {
            throw new LoadException("no signal can be sent: " + frame.getError().getMessage());
          }
        });
  }

  long accepted() {
    return accepted;
  }

  long received() {
    return received;
  }

  /** Not sent, since too many were not answered, or refused. */
  long skipped() {
    return skipped;
  }

  Costs.Per sent() {
    return new Costs.Per("signal", answered::done);
  }

  Costs.Per deliveries() {
    return new Costs.Per("delivery", delivered::done);
  }

  /** The sending of signals. */
  final class Load implements io.skein.bench.load.Load {
    private final OpenLoop loop;

    private Load(OpenLoop loop) {
      this.loop = loop;
    }

    @Override
    public void start() {
      loop.start();
    }

    @Override
    public void stop() {
      loop.stop();
    }

    @Override
    public boolean isQuiet() {
      return open == 0;
    }
  }
}
