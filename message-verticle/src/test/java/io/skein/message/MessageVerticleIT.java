package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.PostgresConfig;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.internal.v1.MemoryReply;
import io.skein.protocol.internal.v1.MemoryRequest;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The message verticle on the mesh")
class MessageVerticleIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private final Queue<Delivery> delivered = new ConcurrentLinkedQueue<>();
  private volatile boolean sessionFails;
  private volatile String memory = "first";
  private PostgresAddress database;
  private Mesh mesh;

  @BeforeEach
  void deploy() {
    database = TestPostgres.database("message");
    mesh = Mesh.local(loop.vertx());
    ServiceInstance session = mesh.instance("session");
    session.handle(
        Rpc.of("directory.exists", ExistsRequest.class, ExistsReply.class),
        call ->
            Future.succeededFuture(
                ExistsReply.newBuilder()
                    .addAllExisting(
                        call.request().getUserIdsList().stream()
                            .filter(user -> !user.startsWith("no"))
                            .toList())
                    .build()));
    session.handle(
        Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class),
        call -> {
          if (sessionFails) {
            return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "not now"));
          }
          delivered.addAll(call.request().getDeliveriesList());
          return Future.succeededFuture(DeliverReply.getDefaultInstance());
        });
    session.handle(
        Rpc.of("directory.memory", MemoryRequest.class, MemoryReply.class),
        call -> Future.succeededFuture(MemoryReply.newBuilder().setMemory(memory).build()));
    Given.get(session.start());
    deployOne();
  }

  private String deployOne() {
    return Given.get(
        loop.vertx()
            .deployVerticle(
                new MessageVerticle(
                    mesh,
                    PostgresConfig.of(
                        database.host(),
                        database.port(),
                        database.database(),
                        database.user(),
                        database.password()),
                    MessageConfig.defaults())));
  }

  @Test
  @DisplayName("A message is stored, answered, delivered, listed, read and found in the history")
  void talks() {
    SendReply sent = send("alice", ServiceFixture.toUser("bob", "hi"));
    assertThat(sent.getSeq()).isEqualTo(1);
    Awaitility.await().until(() -> delivered.size() == 1);
    assertThat(delivered.peek().getRecipientsList()).containsExactlyInAnyOrder("alice", "bob");

    SyncReply sync =
        call(
            "conversations.sync",
            SyncRequest.class,
            SyncReply.class,
            "bob",
            SyncRequest.getDefaultInstance());
    assertThat(sync.getConversationsList())
        .extracting(Conversation::getUserId, Conversation::getUnread)
        .containsExactly(tuple("alice", 1));
    ReadReply read =
        call(
            "conversations.read",
            ReadRequest.class,
            ReadReply.class,
            "bob",
            ReadRequest.newBuilder().setConversationId(sent.getConversationId()).setSeq(1).build());
    assertThat(read.getTotalUnread()).isZero();
    HistoryReply history =
        call(
            "messages.history",
            HistoryRequest.class,
            HistoryReply.class,
            "bob",
            HistoryRequest.newBuilder().setConversationId(sent.getConversationId()).build());
    assertThat(history.getEntries(0).getText().getBody()).isEqualTo("hi");
  }

  @Test
  @DisplayName("After Redis has lost its memory, what was delivered of late is delivered again")
  void replays() {
    PgStores behind = new PgStores(loop.vertx(), database);
    send("alice", ServiceFixture.toUser("bob", "hi"));
    Awaitility.await()
        .until(
            () ->
                behind.number("SELECT count(*) FROM message.outbox WHERE done_at IS NULL") == 0
                    && behind.number("SELECT count(*) FROM message.session_memory") == 1);
    delivered.clear();
    memory = "second";
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> delivered.size() == 1);
    assertThat(delivered.peek().getRecipientsList()).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  @DisplayName("A group is made, and its members are told of it and of what is said in it")
  void groups() {
    Conversation trip =
        call(
                "conversations.create",
                CreateConversationRequest.class,
                CreateConversationReply.class,
                "alice",
                CreateConversationRequest.newBuilder()
                    .setKind(Conversation.Kind.GROUP)
                    .setTitle("Trip")
                    .addMembers("bob")
                    .build())
            .getConversation();
    SendReply sent = send("bob", ServiceFixture.toConversation(trip.getConversationId(), "to all"));
    assertThat(sent.getSeq()).isEqualTo(2);
    Awaitility.await().until(() -> delivered.size() == 2);
    assertThat(delivered).extracting(Delivery::getSeq).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  @DisplayName("Nobody in particular may not write, and nobody may write to nobody")
  void refuses() {
    assertThat(refusal("", ServiceFixture.toUser("bob", "hi")))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    assertThat(refusal("alice", ServiceFixture.toUser("nobody", "hi")))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("What the sessions do not take now is answered, kept, and delivered when they do")
  void deliversLater() {
    sessionFails = true;
    SendReply sent = send("alice", ServiceFixture.toUser("bob", "hi"));
    assertThat(sent.getSeq()).isEqualTo(1);
    sessionFails = false;
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> delivered.stream().anyMatch(delivery -> delivery.getSeq() == 1));
  }

  @Test
  @DisplayName("Stopped in the middle of a load, it answers all that it took")
  void drains() {
    String deployment = deployOne();
    List<Future<SendReply>> replies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      replies.add(sendCall("alice", ServiceFixture.toUser("bob" + i % 7, "n" + i)));
    }
    Future<Void> gone = loop.vertx().undeploy(deployment);
    replies.forEach(Given::get);
    Given.get(gone);
    Awaitility.await().until(() -> delivered.size() >= 300);
  }

  private SendReply send(String user, SendRequest request) {
    return Given.get(sendCall(user, request));
  }

  private Future<SendReply> sendCall(String user, SendRequest request) {
    return start("messages.send", SendRequest.class, SendReply.class, user, request);
  }

  private ErrorCode refusal(String user, SendRequest request) {
    Future<SendReply> reply = sendCall(user, request);
    Awaitility.await().until(reply::isComplete);
    return ((SkeinException) reply.cause()).code();
  }

  private <Q extends Message, R extends Message> R call(
      String method, Class<Q> request, Class<R> reply, String user, Q params) {
    return Given.get(start(method, request, reply, user, params));
  }

  private <Q extends Message, R extends Message> Future<R> start(
      String method, Class<Q> request, Class<R> reply, String user, Q params) {
    CallerInfo caller =
        CallerInfo.newBuilder().setKind(CallerInfo.Kind.USER).setUserId(user).build();
    CallContext context =
        new CallContext(caller, Duration.ofSeconds(10), UUID.randomUUID().toString());
    return loop.start(() -> mesh.bus().call(Rpc.of(method, request, reply), user, params, context));
  }
}
