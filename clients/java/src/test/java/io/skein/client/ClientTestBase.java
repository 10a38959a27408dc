package io.skein.client;

import static org.awaitility.Awaitility.await;

import io.skein.protocol.Rpc;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.Text;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client of a fake server, with a clock that the test moves. */
@Timeout(60)
abstract class ClientTestBase {
  static final String CONVERSATION = "01890000-0000-8000-8000-000000000001";

  final TestLoop loop = new TestLoop();
  final Recorder heard = new Recorder();
  FakeServer server;
  SkeinClient client;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeServer();
    client = newClient(new MemoryStateStore());
  }

  SkeinClient newClient(StateStore store) {
    SkeinClient made = describe(store).build();
    made.listen(heard);
    return made;
  }

  SkeinClientBuilder describe(StateStore store) {
    return SkeinClient.builder(server.endpoint())
        .token("token-1")
        .device("phone-1", "android")
        .store(store)
        .loop(loop);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  /** Connects, and waits until the sync that follows has been answered. */
  FakeConnection connected() {
    client.connect().orTimeout(30, TimeUnit.SECONDS).join();
    FakeConnection connection = server.connection(server.connections.size());
    client.conversations().orTimeout(30, TimeUnit.SECONDS).join();
    return connection;
  }

  /** Lets (virtual) time pass until the condition holds. */
  void eventually(String what, BooleanSupplier condition) {
    eventually(what, Duration.ofMillis(20), condition);
  }

  /** The same in longer steps, for what takes minutes. */
  void eventually(String what, Duration step, BooleanSupplier condition) {
    await(what)
        .atMost(FakeServer.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              if (!condition.getAsBoolean()) {
                loop.advance(step);
              }
              return condition.getAsBoolean();
            });
  }

  /** Real time passes, virtual time does not, and no more than so many arrive. */
  static void staysAt(int most, IntSupplier count) {
    await().during(Duration.ofMillis(100)).until(() -> count.getAsInt() <= most);
  }

  static Entry entry(int seq) {
    return entry(CONVERSATION, seq);
  }

  static Entry entry(String conversation, int seq) {
    return Entry.newBuilder()
        .setConversationId(conversation)
        .setSeq(seq)
        .setSender("bob")
        .setText(Text.newBuilder().setBody("message " + seq))
        .build();
  }

  /** A log with entries 1 to {@code head}, of which the server gives pages. */
  void serveHistory(int head) {
    server.answer(
        "messages.history",
        call -> {
          HistoryRequest request = decode(Calls.HISTORY, call);
          int first = request.getAfterSeq() + 1;
          int last = Math.min(head, first + request.getLimit() - 1);
          HistoryReply.Builder page = HistoryReply.newBuilder().setHeadSeq(head);
          IntStream.rangeClosed(first, last)
              .forEach(seq -> page.addEntries(entry(request.getConversationId(), seq)));
          return page.build();
        });
  }

  /** Every sync finds this conversation with so many entries. */
  void serveSync(int head) {
    server.answer(
        "conversations.sync",
        call -> SyncReply.newBuilder().addConversations(conversation(head)).setCursor("c").build());
  }

  static Conversation conversation(int head) {
    return Conversation.newBuilder()
        .setConversationId(CONVERSATION)
        .setKind(Conversation.Kind.DIRECT)
        .setUserId("bob")
        .setHeadSeq(head)
        .build();
  }

  static <Q extends com.google.protobuf.Message> Q decode(Rpc<Q, ?> rpc, ClientFrame call) {
    return rpc.decodeRequest(call.getParams());
  }

  static SendReply committed(int seq) {
    return SendReply.newBuilder().setConversationId(CONVERSATION).setSeq(seq).build();
  }

  static List<String> bodies(List<ClientFrame> sends) {
    return sends.stream().map(send -> decode(Calls.SEND, send).getText().getBody()).toList();
  }

  static List<String> ids(List<ClientFrame> sends) {
    return sends.stream().map(send -> decode(Calls.SEND, send).getClientMsgId()).toList();
  }
}
