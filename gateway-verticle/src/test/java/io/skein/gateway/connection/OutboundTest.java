package io.skein.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.gateway.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The queue to a client")
class OutboundTest {
  private final SlowTransport transport = new SlowTransport();
  private final Deque<Runnable> turns = new ArrayDeque<>();
  private final FlushTurn turn = new FlushTurn(turns::add, () -> {});
  private Outbound stale;
  private final Outbound outbound = new Outbound(transport, turn, 10);

  @Test
  @DisplayName("writes what one turn brought in one write")
  void onePerTurn() {
    outbound.add(frame("a", false));
    outbound.add(frame("b", false));
    outbound.add(frame("c", false));
    assertThat(transport.written).isEmpty();
    endTurn();
    assertThat(transport.written).containsExactly("abc");
    assertThat(outbound.bytes()).isEqualTo(3);
    transport.take();
    assertThat(outbound.bytes()).isZero();
  }

  @Test
  @DisplayName("has one write under way at a time")
  void oneAtATime() {
    outbound.add(frame("a", false));
    endTurn();
    outbound.add(frame("b", false));
    endTurn();
    outbound.add(frame("c", false));
    endTurn();
    assertThat(transport.written).containsExactly("a");
    transport.take();
    assertThat(transport.written).containsExactly("a", "bc");
  }

  @Test
  @DisplayName("drops droppable frames at its limit, and then refuses")
  void limit() {
    assertThat(outbound.add(frame("1234", false))).isZero();
    assertThat(outbound.add(frame("tttt", true))).isZero();
    assertThat(outbound.add(frame("uuuu", true))).isEqualTo(1);
    assertThat(outbound.add(frame("5678", false))).isEqualTo(1);
    assertThat(outbound.add(frame("9999", false))).isEqualTo(-1);
    endTurn();
    assertThat(transport.written).containsExactly("12345678");
  }

  @Test
  @DisplayName("keeps only the newest waiting frame of each key, behind what came before it")
  void newestOfAKey() {
    outbound.add(frame("a", false));
    endTurn();
    assertThat(outbound.add(keyed("x1", "x"))).isZero();
    assertThat(outbound.add(keyed("y1", "y"))).isZero();
    assertThat(outbound.add(frame("b", false))).isZero();
    assertThat(outbound.add(keyed("x2", "x"))).isEqualTo(1);
    assertThat(outbound.bytes()).isEqualTo("a".length() + "y1bx2".length());
    transport.take();
    assertThat(transport.written).containsExactly("a", "y1bx2");
    assertThat(outbound.add(keyed("x3", "x"))).as("x2 is being written").isZero();
    transport.take();
    endTurn();
    assertThat(transport.written.getLast()).isEqualTo("x3");
  }

  @Test
  @DisplayName("has room for a newer frame of a key where there is none for another one")
  void newestAtTheLimit() {
    outbound.add(frame("123456", false));
    outbound.add(keyed("xxx1", "x"));
    assertThat(outbound.add(keyed("y", "y"))).isEqualTo(1);
    assertThat(outbound.add(keyed("xxx2", "x"))).isEqualTo(1);
    assertThat(outbound.add(keyed("xxxx3", "x"))).as("larger than its predecessor").isEqualTo(1);
    endTurn();
    assertThat(transport.written).containsExactly("123456xxx2");
  }

  @Test
  @DisplayName("counts right through a thousand frames of one key, and when they have to go")
  void manyOfAKey() {
    outbound.add(frame("a", false));
    for (int i = 0; i < 1000; i++) {
      outbound.add(keyed("xx", "x"));
      outbound.add(keyed("yy", "y"));
    }
    assertThat(outbound.bytes()).isEqualTo("axxyy".length());
    assertThat(outbound.add(frame("1234567", false))).isEqualTo(2);
    assertThat(outbound.bytes()).isEqualTo("a1234567".length());
    endTurn();
    assertThat(transport.written).containsExactly("a1234567");
  }

  @Test
  @DisplayName("lets a frame larger than its limit pass when nothing waits")
  void largeFrame() {
    assertThat(outbound.add(frame("0123456789abcdef", false))).isZero();
    assertThat(outbound.add(frame("x", false))).isEqualTo(-1);
  }

  @Test
  @DisplayName("keeps what is being written whole when the rest is replaced by the last frame")
  void replaced() {
    outbound.add(frame("first", false));
    endTurn();
    outbound.add(frame("lost", false));
    outbound.replaceBy(frame("bye", false));
    List<String> events = new ArrayList<>();
    outbound.whenEmpty(() -> events.add("empty"));
    endTurn();
    transport.take();
    assertThat(transport.written).containsExactly("first", "bye");
    assertThat(events).isEmpty();
    transport.take();
    assertThat(events).containsExactly("empty");
    assertThat(outbound.bytes()).isZero();
  }

  @Test
  @DisplayName("writes nothing of a turn before what has to be done first, a stale node's bye say")
  void firstThings() {
    FlushTurn careful = new FlushTurn(turns::add, this::sayBye);
    stale = new Outbound(transport, careful, 10);
    stale.add(frame("old", false));
    endTurn();
    assertThat(transport.written).containsExactly("bye");
  }

  private void sayBye() {
    stale.replaceBy(frame("bye", false));
  }

  @Test
  @DisplayName("cuts the socket when a write fails")
  void failedWrite() {
    outbound.add(frame("a", false));
    endTurn();
    transport.underWay.remove().fail("broken pipe");
    assertThat(transport.aborted).isTrue();
  }

  private void endTurn() {
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
  }

  private static Frame frame(String text, boolean droppable) {
    return frame(text, droppable, "");
  }

  private static Frame keyed(String text, String key) {
    return frame(text, true, key);
  }

  private static Frame frame(String text, boolean droppable, String key) {
    return new Frame(
        text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), new byte[0], droppable, key);
  }

  /** Takes bytes only when it is told to. */
  private static final class SlowTransport implements Transport {
    private final List<String> written = new ArrayList<>();
    private final Deque<Promise<Void>> underWay = new ArrayDeque<>();
    private boolean aborted;

    @Override
    public Future<Void> write(Buffer frames) {
      written.add(frames.toString());
      Promise<Void> taken = Promise.promise();
      underWay.add(taken);
      return taken.future();
    }

    private void take() {
      underWay.remove().complete();
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public String remoteAddress() {
      return "";
    }
  }
}
