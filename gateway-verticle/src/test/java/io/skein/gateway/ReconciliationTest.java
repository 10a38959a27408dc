package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.CloseCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ClosedSession;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.PushCounter;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The comparison with the session service")
class ReconciliationTest extends GatewayTest {

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTiming(new TestTiming().countersEvery(Duration.ofMillis(100)).build());
  }

  @Test
  @DisplayName("brings the number of a lost push, which the client sees in its heartbeat")
  void countsLostPushes() {
    try (TcpJson alice = json().connect("alice")) {
      services.counters = CountersReply.newBuilder().addCounters(counter("alice", 12)).build();
      await().until(() -> alice.call(2, "ping", "{}").result(2).getInteger("lastPush") == 12);
    }
  }

  @Test
  @DisplayName("tells all sessions to an instance that asks, and closes what is not to live on")
  void closesReplacedSessions() {
    try (TcpJson alice = json().connect("alice");
        TcpJson bob = json().connect("bob")) {
      push("alice", 4, entry(1, "bob", "x"));
      alice.next();
      Map.Entry<String, OpenSessionRequest> session = services.sessionOf("alice");
      services.reconcileReply =
          ReconcileReply.newBuilder()
              .addClosed(
                  ClosedSession.newBuilder()
                      .setConnection(session.getValue().getConnection())
                      .setSessionId(session.getKey())
                      .setBye(CloseCode.REPLACED.toBye("a newer login")))
              .build();
      services.counters = CountersReply.newBuilder().setReconcile(true).build();
      assertThat(alice.bye()).isEqualTo(CloseCode.REPLACED.code());
      ReconcileRequest told = services.reconciled.getFirst();
      assertThat(told.getComplete()).isTrue();
      assertThat(told.getSessionsList())
          .extracting(SessionRef::getUserId)
          .containsExactlyInAnyOrder("alice", "bob");
      assertThat(told.getSessionsList())
          .filteredOn(ref -> ref.getUserId().equals("alice"))
          .singleElement()
          .satisfies(ref -> assertThat(ref.getLastPush()).isEqualTo(4));
      bob.assertAlive();
    }
  }

  @Test
  @DisplayName("tells the clients of rebuilt sessions to sync")
  void resyncs() {
    try (TcpJson alice = json().connect("alice")) {
      services.reconcileReply = ReconcileReply.newBuilder().addRebuilt(counter("alice", 0)).build();
      services.counters = CountersReply.newBuilder().setReconcile(true).build();
      assertThat(alice.next().getString("event")).isEqualTo("resync");
    }
  }

  @Test
  @DisplayName("is made when the ring of session instances changes")
  void followsTheRing() {
    try (TcpJson alice = json().connect("alice")) {
      assertThat(services.reconciled).isEmpty();
      done(startAnotherSessionInstance());
      await().until(() -> !services.reconciled.isEmpty());
      alice.assertAlive();
    }
  }

  private Future<Void> startAnotherSessionInstance() {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Void> started = new CompletableFuture<>();
    context.runOnContext(
        turn -> {
          ServiceInstance another =
              mesh.instance("session")
                  .handle(
                      Rpc.of("directory.reconcile", ReconcileRequest.class, ReconcileReply.class),
                      call -> {
                        services.reconciled.add(call.request());
                        return Future.succeededFuture(ReconcileReply.getDefaultInstance());
                      });
          another.start().onComplete(done -> started.complete(null));
        });
    return Future.fromCompletionStage(started);
  }

  private PushCounter counter(String user, int lastPush) {
    Map.Entry<String, OpenSessionRequest> session = services.sessionOf(user);
    return PushCounter.newBuilder()
        .setConnection(session.getValue().getConnection())
        .setSessionId(session.getKey())
        .setLastPush(lastPush)
        .build();
  }
}
