package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.BroadcastReply;
import io.skein.protocol.internal.v1.BroadcastRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A broadcast to gateways")
class GatewayBroadcastTest {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private Mesh mesh;
  private GatewayBroadcast broadcast;

  @BeforeEach
  void open() {
    mesh = Mesh.local(loop.vertx());
    broadcast = new GatewayBroadcast(mesh.bus(), mesh.ring(), Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("is one call to each gateway, in order")
  void oneCall() {
    Queue<BroadcastRequest> one = new ConcurrentLinkedQueue<>();
    Queue<BroadcastRequest> other = new ConcurrentLinkedQueue<>();
    gateway(call -> taken(one, call));
    gateway(call -> taken(other, call));
    loop.run(() -> broadcast.broadcast(List.of(event("a"), event("b"))));
    for (Queue<BroadcastRequest> requests : List.of(one, other)) {
      assertThat(requests).hasSize(1);
      assertThat(requests.element().getBroadcastsList())
          .extracting(sent -> sent.getEvent().toStringUtf8())
          .containsExactly("a", "b");
    }
  }

  @Test
  @DisplayName("reaches everybody where there is no gateway, and nobody where there is nothing")
  void nobody() {
    Given.get(mesh.instance("session").start());
    loop.run(() -> broadcast.broadcast(List.of(event("a"))));
    gateway(call -> Future.failedFuture("not to be called"));
    loop.run(() -> broadcast.broadcast(List.of()));
  }

  @Test
  @DisplayName("fails if one gateway fails, and the others have it all the same")
  void fails() {
    Queue<BroadcastRequest> other = new ConcurrentLinkedQueue<>();
    gateway(call -> refused());
    gateway(call -> taken(other, call));
    assertThat(failure()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(other).hasSize(1);
  }

  @Test
  @DisplayName("does not miss a gateway that has left meanwhile")
  void gone() {
    ServiceInstance[] leaving = new ServiceInstance[1];
    leaving[0] = gateway(call -> leaving[0].drain().compose(left -> refused()));
    Future<Void> sent = loop.start(() -> broadcast.broadcast(List.of(event("a"))));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(sent::isComplete);
    assertThat(sent.succeeded()).isTrue();
  }

  @Test
  @DisplayName("fails where the ring is not complete, since a gateway may be missing")
  void incomplete() {
    assertThat(mesh.ring().isComplete()).isFalse();
    assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private ErrorCode failure() {
    Future<Void> sent = loop.start(() -> broadcast.broadcast(List.of(event("a"))));
    Awaitility.await().until(sent::isComplete);
    return ((SkeinException) sent.cause()).code();
  }

  private static Broadcast event(String event) {
    return Broadcast.newBuilder().setEvent(ByteString.copyFromUtf8(event)).build();
  }

  private static Future<BroadcastReply> refused() {
    return Future.failedFuture(new SkeinException(ErrorCode.INVALID_ARGUMENT, "not this"));
  }

  private static Future<BroadcastReply> taken(
      Queue<BroadcastRequest> requests, BroadcastRequest request) {
    requests.add(request);
    return Future.succeededFuture(BroadcastReply.getDefaultInstance());
  }

  private ServiceInstance gateway(Function<BroadcastRequest, Future<BroadcastReply>> answer) {
    ServiceInstance gateway = mesh.instance("gateway");
    gateway.handle(
        Rpc.of("gateways.broadcast", BroadcastRequest.class, BroadcastReply.class),
        call -> answer.apply(call.request()));
    Given.get(gateway.start());
    return gateway;
  }
}
