package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.skein.gateway.config.GatewayConfig;
import io.skein.mesh.CallContext;
import io.skein.protocol.CloseCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pushes")
class PushTest extends GatewayTest {
  private static final Rpc<KickConnectionsRequest, KickConnectionsReply> KICK =
      Rpc.of("gateways.kick", KickConnectionsRequest.class, KickConnectionsReply.class);

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTiming(new TestTiming().ackTimeout(Duration.ofMillis(800)).build());
  }

  @Test
  @DisplayName("that come before the reply to connect wait for it")
  void earlyPushes() {
    Promise<Void> written = Promise.promise();
    services.onOpen = request -> written.future();
    try (TcpJson alice = json()) {
      alice.call(1, "connect", "{\"token\":\"alice\",\"device\":{\"id\":\"d\"}}");
      await().until(() -> !services.opened.isEmpty());
      assertThat(push("alice", 1, entry(1, "bob", "early")).getMissingSessionsList()).isEmpty();
      written.complete();
      assertThat(alice.next().getJsonObject("result")).isNotNull();
      assertThat(alice.next().getInteger("push")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("to a session that is gone, or another one, name it")
  void missingSessions() {
    try (TcpJson alice = json().connect("alice")) {
      Map.Entry<String, OpenSessionRequest> session = services.sessionOf("alice");
      services.opened.clear();
      services.opened.put("another", session.getValue());
      assertThat(push("alice", 1, entry(1, "bob", "x")).getMissingSessionsList())
          .containsExactly("another");
      alice.assertAlive();
      services.opened.clear();
      services.opened.put(session.getKey(), session.getValue());
    }
    await()
        .untilAsserted(
            () -> {
              PushReply reply = push("alice", 1, entry(1, "bob", "x"));
              assertThat(reply.getMissingSessionsCount()).isEqualTo(1);
            });
  }

  @Test
  @DisplayName("are the same for a JSON and a protobuf client, with numbers of their own")
  void sharedEvents() {
    try (TcpJson alice = json().connect("alice");
        TcpProto bob = new TcpProto(gateway.ports().tcp()).connect("bob")) {
      push("alice", 5, entry(9, "carol", "to all"));
      push("bob", 0, entry(9, "carol", "to all"));
      JsonObject json = alice.next();
      assertThat(json.getInteger("push")).isEqualTo(5);
      assertThat(json.getJsonObject("data").getInteger("seq")).isEqualTo(9);
      var proto = bob.next().getEvent();
      assertThat(proto.getPush()).isZero();
      assertThat(proto.getEntry().getSeq()).isEqualTo(9);
    }
  }

  @Test
  @DisplayName("that cannot be written for a client leave a gap, and harm no other of their batch")
  void unwritableEvents() {
    Timestamp never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    Event event =
        Event.newBuilder()
            .setEntry(Entry.newBuilder().setConversationId(CONVERSATION).setSeq(1).setSentAt(never))
            .build();
    try (TcpJson alice = json().connect("alice")) {
      PushRequest batch =
          PushRequest.newBuilder()
              .addPushes(
                  entry(1, "bob", "x").setEvent(event.toByteString()).addTargets(to("alice", 1)))
              .addPushes(entry(2, "bob", "good").addTargets(to("alice", 2)))
              .build();
      assertThat(push(batch, "alice").getMissingSessionsList()).isEmpty();
      assertThat(alice.next().getInteger("push")).isEqualTo(2);
      assertThat(mesh.meters().counter("skein_push_unwritable_total").count()).isEqualTo(1);
      push(
          PushRequest.newBuilder()
              .addPushes(
                  entry(3, "bob", "x").setEvent(event.toByteString()).addTargets(to("alice", 3)))
              .build(),
          "alice");
      alice.call(2, "ping", "{}");
      assertThat(alice.result(2).getInteger("lastPush")).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("of a kick are a bye with its code, and the end")
  void kick() {
    try (TcpJson alice = json().connect("alice")) {
      Map.Entry<String, OpenSessionRequest> session = services.sessionOf("alice");
      KickConnectionsRequest request =
          KickConnectionsRequest.newBuilder()
              .setBye(CloseCode.REPLACED.toBye("a newer login"))
              .addTargets(
                  KickTarget.newBuilder()
                      .setConnection(session.getValue().getConnection())
                      .setSessionId(session.getKey()))
              .addTargets(KickTarget.newBuilder().setConnection(999).setSessionId("none"))
              .build();
      Future<KickConnectionsReply> kicked =
          mesh.bus()
              .callInstance(
                  KICK,
                  session.getValue().getGateway(),
                  request,
                  CallContext.internal(Duration.ofSeconds(5)));
      assertThat(done(kicked).getClosed()).isEqualTo(1);
      assertThat(alice.bye()).isEqualTo(CloseCode.REPLACED.code());
      await().until(() -> services.closed.size() == 1);
      assertThat(services.closed.getFirst().getEpoch()).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("that are confirmed move the delivered mark, and nobody is notified")
  void confirmed() {
    try (TcpJson alice = json().connect("alice")) {
      for (int seq = 1; seq <= 3; seq++) {
        push("alice", seq, entry(seq, "bob", "x"));
        alice.next();
      }
      alice.call(2, "delivered", "{\"conversationId\":\"%s\",\"seq\":3}".formatted(CONVERSATION));
      alice.result(2);
      await().until(() -> !services.marks.isEmpty());
      assertThat(services.marks.getFirst().getMarks(0).getSeq()).isEqualTo(3);
      assertThat(services.marks.getFirst().getMarks(0).getUserId()).isEqualTo("alice");
      assertThat(services.marks.getFirst().getMarks(0).getDeviceId()).isEqualTo("phone-1");
      await().during(Duration.ofSeconds(1)).until(services.hints::isEmpty);
    }
    await().during(Duration.ofMillis(200)).until(services.hints::isEmpty);
  }

  @Test
  @DisplayName("that are not confirmed in time are handed to notify, while the device is connected")
  void unconfirmed() {
    try (TcpJson alice = json().connect("alice")) {
      push("alice", 1, entry(1, "bob", "x"));
      push("alice", 2, entry(2, "bob", "y"));
      await().until(() -> !services.hints.isEmpty());
      assertThat(services.hints)
          .singleElement()
          .isEqualTo(
              Hint.newBuilder()
                  .setUserId("alice")
                  .setConversationId(CONVERSATION)
                  .setSeq(2)
                  .setReason(Hint.Reason.UNCONFIRMED)
                  .build());
      assertThat(mesh.meters().counter("skein_push_unconfirmed_total").count()).isEqualTo(1);
      alice.next();
      alice.next();
      alice.assertAlive();
    }
  }

  @Test
  @DisplayName("that are not confirmed when the connection ends are handed to notify at once")
  void unconfirmedAtTheEnd() {
    TcpJson alice = json().connect("alice");
    push("alice", 1, entry(4, "bob", "x"));
    push("alice", 2, entry(5, "alice", "own"));
    alice.close();
    await().until(() -> !services.hints.isEmpty());
    assertThat(services.hints)
        .singleElement()
        .satisfies(hint -> assertThat(hint.getSeq()).isEqualTo(4));
  }

  @Test
  @DisplayName("that are transient or one's own need no confirmation")
  void unconfirmedOwn() {
    try (TcpJson alice = json().connect("alice")) {
      push("alice", 1, entry(1, "alice", "own"));
      push("alice", 0, entry(2, "bob", "typing").setTransient(true));
      alice.next();
      alice.next();
    }
    await().until(() -> !services.closed.isEmpty());
    await().during(Duration.ofMillis(300)).until(services.hints::isEmpty);
  }
}
