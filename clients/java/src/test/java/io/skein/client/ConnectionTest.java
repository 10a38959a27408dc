package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.skein.client.transport.Transport;
import io.skein.client.transport.TransportListener;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call on a connection")
class ConnectionTest {
  private static final Duration PATIENCE =
      Calls.READ.info().deadline().plus(Connection.TRAVEL).plusSeconds(1);

  private final TestLoop loop = new TestLoop();
  private final Wire wire = new Wire();
  private final Connection connection = new Connection(loop, wire, new Deaf());
  private final List<Answer> first = new ArrayList<>();
  private final List<Answer> second = new ArrayList<>();

  /** Until limits are granted one call is under way at a time. */
  @BeforeEach
  void callTwice() {
    connection.start();
    loop.execute(() -> connection.call(Calls.READ, ByteString.EMPTY, first::add));
    loop.execute(() -> connection.call(Calls.READ, ByteString.EMPTY, second::add));
    loop.settle();
    assertThat(wire.sent).hasSize(1);
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  @DisplayName("that is never answered ends at its deadline and makes room")
  void neverAnswered() {
    loop.advance(Calls.READ.info().deadline());
    assertThat(first).isEmpty();

    loop.advance(PATIENCE.minus(Calls.READ.info().deadline()));

    assertThat(first).containsExactly(new Answer.Late());
    assertThat(wire.sent).hasSize(2);
    assertThat(second).isEmpty();
  }

  @Test
  @DisplayName("is not ended by the answer to an earlier one that comes late")
  void lateAnswer() {
    loop.advance(PATIENCE);

    wire.answer(0);
    assertThat(first).containsExactly(new Answer.Late());
    assertThat(second).isEmpty();

    wire.answer(1);
    assertThat(second).containsExactly(new Answer.Result(ByteString.EMPTY));
  }

  @Test
  @DisplayName("has its own deadline, from when it was sent")
  void ownDeadline() {
    loop.advance(PATIENCE.multipliedBy(2).minusSeconds(3));
    assertThat(second).isEmpty();

    loop.advance(Duration.ofSeconds(2));
    assertThat(second).containsExactly(new Answer.Late());
  }

  private final class Wire implements Transport {
    private final List<ClientFrame> sent = new ArrayList<>();
    private TransportListener listener;

    @Override
    public void start(TransportListener hearing) {
      listener = hearing;
    }

    @Override
    public void send(ClientFrame frame) {
      sent.add(frame);
    }

    void answer(int index) {
      listener.onFrame(
          ServerFrame.newBuilder()
              .setId(sent.get(index).getId())
              .setResult(ByteString.EMPTY)
              .build());
      loop.settle();
    }

    @Override
    public void close() {}
  }

  private static final class Deaf implements Connection.Owner {
    @Override
    public void onFrame() {}

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onLost(int closeCode, String reason) {}
  }
}
