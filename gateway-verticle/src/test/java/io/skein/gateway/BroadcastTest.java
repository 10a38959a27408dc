package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.BroadcastReply;
import io.skein.protocol.internal.v1.BroadcastRequest;
import io.skein.protocol.internal.v1.Hint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is meant for all members of a large conversation")
class BroadcastTest extends GatewayTest {
  private static final Rpc<BroadcastRequest, BroadcastReply> BROADCAST =
      Rpc.of("gateways.broadcast", BroadcastRequest.class, BroadcastReply.class);

  private final FakeMembers members = new FakeMembers("alice", "bob", "carol");

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTiming(new TestTiming().ackTimeout(Duration.ofMillis(800)).build());
  }

  @BeforeEach
  void know() {
    services.onMemberships = members::answer;
  }

  @Test
  @DisplayName("goes to the members who are here, on all their connections, unnumbered")
  void reachesMembers() {
    try (TcpJson phone = json().connect("alice");
        TcpProto web = new TcpProto(gateway.ports().tcp()).connect("alice");
        TcpJson dave = json().connect("dave");
        TcpJson bob = json().connect("bob")) {
      broadcast(message(2, "carol"));
      assertThat(phone.next().getJsonObject("data").getInteger("seq")).isEqualTo(2);
      assertThat(web.next().getEvent().getEntry().getSeq()).isEqualTo(2);
      JsonObject toBob = bob.next();
      assertThat(toBob.getJsonObject("data").getInteger("seq")).isEqualTo(2);
      assertThat(toBob.containsKey("push")).isFalse();
      dave.assertAlive();
    }
  }

  @Test
  @DisplayName("is not sent to the session that has the reply")
  void excludesTheOrigin() {
    try (TcpJson phone = json().connect("alice")) {
      String session = services.sessionOf("alice").getKey();
      try (TcpJson web = json().connect("alice")) {
        broadcast(message(2, "alice").setExcludeSession(session));
        assertThat(web.next().getJsonObject("data").getInteger("seq")).isEqualTo(2);
        phone.assertAlive();
      }
    }
  }

  @Test
  @DisplayName("asks for members once, and later only for those who came since")
  void asksOnce() {
    try (TcpJson alice = json().connect("alice")) {
      broadcast(message(2, "carol"));
      broadcast(message(3, "carol"));
      assertThat(members.asked).hasSize(1);
      try (TcpJson bob = json().connect("bob")) {
        broadcast(message(4, "carol"));
        assertThat(bob.next().getJsonObject("data").getInteger("seq")).isEqualTo(4);
        assertThat(members.asked).hasSize(2);
        assertThat(members.asked.getLast().getUserIdsList()).containsExactly("bob");
      }
      assertThat(Stream.generate(alice::next).limit(3))
          .extracting(event -> event.getJsonObject("data").getInteger("seq"))
          .containsExactly(2, 3, 4);
    }
  }

  @Test
  @DisplayName("reaches again who went and came back")
  void comesBack() {
    json().connect("bob").close();
    await().until(() -> services.closed.size() == 1);
    broadcast(message(2, "carol"));
    try (TcpJson bob = json().connect("bob")) {
      broadcast(message(3, "carol"));
      assertThat(bob.next().getJsonObject("data").getInteger("seq")).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("goes to joiners from their joining on, and to leavers up to their leaving")
  void followsTheList() {
    try (TcpJson bob = json().connect("bob");
        TcpJson dave = json().connect("dave")) {
      broadcast(message(2, "carol"));
      members.leave("bob", 3);
      members.join("dave", 3);
      broadcast(message(3, "carol"));
      broadcast(message(4, "carol"));
      assertThat(members.asked.getLast().getUserIdsList()).isEmpty();
      // What was said before, and comes late.
      broadcast(message(3, "carol").setMembersSeq(1));
      assertThat(Stream.generate(bob::next).limit(3))
          .extracting(event -> event.getJsonObject("data").getInteger("seq"))
          .containsExactly(2, 3, 3);
      assertThat(dave.next().getJsonObject("data").getInteger("seq")).isEqualTo(4);
      bob.assertAlive();
      dave.assertAlive();
    }
  }

  @Test
  @DisplayName("learns everything anew where too much has changed")
  void learnsAnew() {
    try (TcpJson bob = json().connect("bob");
        TcpJson dave = json().connect("dave")) {
      broadcast(message(2, "carol"));
      members.leave("bob", 2);
      members.join("dave", 2);
      members.resetNext();
      broadcast(message(3, "carol"));
      assertThat(dave.next().getJsonObject("data").getInteger("seq")).isEqualTo(3);
      assertThat(bob.next().getJsonObject("data").getInteger("seq")).isEqualTo(2);
      bob.assertAlive();
    }
  }

  @Test
  @DisplayName("of the moment goes to present members only, and need not be confirmed")
  void transients() {
    members.leave("bob", 9);
    try (TcpJson alice = json().connect("alice");
        TcpJson bob = json().connect("bob")) {
      broadcast(message(0, "carol").setTransient(true).setQuiet(true));
      assertThat(alice.next().getString("event")).isEqualTo("entry");
      bob.assertAlive();
    }
    assertThat(services.hints).isEmpty();
  }

  @Test
  @DisplayName("is handed to notify for those who do not confirm it, but not what is quiet")
  void unconfirmed() {
    try (TcpJson alice = json().connect("alice");
        TcpJson carol = json().connect("carol")) {
      broadcast(message(2, "carol"), message(3, "carol").setQuiet(true));
      await().until(() -> !services.hints.isEmpty());
      assertThat(services.hints).extracting(Hint::getUserId).containsExactly("alice");
      assertThat(services.hints).extracting(Hint::getSeq).containsExactly(2);
      for (TcpJson each : List.of(alice, carol)) {
        assertThat(Stream.generate(each::next).limit(2))
            .extracting(event -> event.getJsonObject("data").getInteger("seq"))
            .containsExactly(2, 3);
      }
    }
  }

  @Test
  @DisplayName(
      "keeps its order while members are looked up, and conversations do not wait for others")
  void keepsOrder() {
    Promise<Void> known = Promise.promise();
    String other = "6f1c7d2e-0000-8000-8000-00000000000b";
    services.onMemberships =
        request ->
            request.getConversationId().equals(other)
                ? members.answer(request)
                : known.future().compose(now -> members.answer(request));
    try (TcpJson alice = json().connect("alice")) {
      Future<?> first = start(message(2, "carol"));
      Future<?> second = start(message(3, "carol"));
      broadcast(message(7, "carol").setConversationId(other));
      known.complete();
      done(Future.all(first, second));
      assertThat(Stream.generate(alice::next).limit(3))
          .extracting(event -> event.getJsonObject("data").getInteger("seq"))
          .containsExactly(7, 2, 3);
    }
  }

  @Test
  @DisplayName("is refused as long as the members cannot be known, so that it comes again")
  void failsWithoutMembers() {
    services.onMemberships = request -> Future.failedFuture("the database is away");
    try (TcpJson alice = json().connect("alice")) {
      Future<?> sent = start(message(2, "carol"));
      await().atMost(Duration.ofSeconds(20)).until(sent::isComplete);
      assertThat(sent.failed()).isTrue();
      services.onMemberships = members::answer;
      broadcast(message(2, "carol"));
      assertThat(alice.next().getJsonObject("data").getInteger("seq")).isEqualTo(2);
    }
  }

  private Broadcast.Builder message(int seq, String sender) {
    return Broadcast.newBuilder()
        .setEvent(entry(seq, sender, "to all").getEvent())
        .setConversationId(CONVERSATION)
        .setMembersSeq(members.version())
        .setSeq(seq)
        .setSender(sender);
  }

  private void broadcast(Broadcast.Builder... all) {
    done(start(all));
  }

  private Future<?> start(Broadcast.Builder... all) {
    BroadcastRequest request =
        BroadcastRequest.newBuilder()
            .addAllBroadcasts(Stream.of(all).map(Broadcast.Builder::build).toList())
            .build();
    CallContext context = CallContext.internal(Duration.ofSeconds(5));
    List<Future<BroadcastReply>> sent =
        mesh.ring().instances("gateway").stream()
            .map(instance -> mesh.bus().callInstance(BROADCAST, instance.id(), request, context))
            .toList();
    return Future.all(sent);
  }
}
