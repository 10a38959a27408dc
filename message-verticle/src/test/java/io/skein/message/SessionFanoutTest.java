package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Fan-out to session instances")
class SessionFanoutTest {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private final List<String> users = IntStream.range(0, 50).mapToObj(i -> "user" + i).toList();
  private Mesh mesh;
  private SessionFanout fanout;

  @BeforeEach
  void open() {
    mesh = Mesh.local(loop.vertx());
    fanout = new SessionFanout(mesh.bus(), mesh.ring(), Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("Each recipient is handed to one instance, all deliveries in one call, in order")
  void splits() {
    Queue<DeliverRequest> one = session(false);
    Queue<DeliverRequest> other = session(false);
    loop.run(() -> fanout.deliver(List.of(delivery("a"), delivery("b"))));

    assertThat(one).hasSize(1);
    assertThat(other).hasSize(1);
    for (DeliverRequest request : List.of(one.element(), other.element())) {
      assertThat(request.getDeliveriesList())
          .extracting(part -> part.getEvent().toStringUtf8())
          .containsExactly("a", "b");
    }
    assertThat(one.element().getDeliveries(0).getRecipientsList()).isNotEmpty();
    assertThat(
            Stream.of(one, other)
                .flatMap(calls -> calls.element().getDeliveries(0).getRecipientsList().stream()))
        .containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  @DisplayName("It fails if one instance fails, or if there is none, and then may be repeated")
  void fails() {
    assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
    session(false);
    session(true);
    assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  @DisplayName("Without recipients there is nothing to do")
  void nobody() {
    loop.run(() -> fanout.deliver(List.of(Delivery.getDefaultInstance())));
  }

  private ErrorCode failure() {
    Future<Void> delivered = loop.start(() -> fanout.deliver(List.of(delivery("a"))));
    Awaitility.await().until(delivered::isComplete);
    return ((SkeinException) delivered.cause()).code();
  }

  private Delivery delivery(String event) {
    return Delivery.newBuilder()
        .setEvent(ByteString.copyFromUtf8(event))
        .addAllRecipients(users)
        .build();
  }

  private Queue<DeliverRequest> session(boolean failing) {
    Queue<DeliverRequest> requests = new ConcurrentLinkedQueue<>();
    ServiceInstance session = mesh.instance("session");
    session.handle(
        Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class),
        call -> {
          requests.add(call.request());
          return failing
              ? Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "not now"))
              : Future.succeededFuture(DeliverReply.getDefaultInstance());
        });
    Given.get(session.start());
    return requests;
  }
}
