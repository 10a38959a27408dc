package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.PingReply;
import io.skein.protocol.v1.Resync;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The entries that an application is given")
class EntryStreamTest extends ClientTestBase {

  private static final String OTHER = "01890000-0000-8000-8000-000000000002";

  @Test
  @DisplayName("come once and ascending, also when pushes are doubled or out of order")
  void onceAndAscending() {
    FakeConnection connection = connected();
    for (int seq : new int[] {1, 2, 2, 4, 1, 3, 4, 5}) {
      connection.push(0, entry(seq));
    }

    eventually("five entries", () -> heard.entries.size() >= 5);
    loop.advance(Duration.ofSeconds(1));
    staysAt(0, () -> connection.calls("messages.history").size());
    assertThat(heard.seqs()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  @DisplayName("are pulled where a gap stays open, before those behind the gap")
  void gapIsPulled() {
    serveHistory(6);
    FakeConnection connection = connected();
    connection.push(0, entry(1));
    connection.push(0, entry(2));
    connection.push(0, entry(6));

    eventually("six entries", () -> heard.entries.size() >= 6);
    assertThat(heard.seqs()).containsExactly(1, 2, 3, 4, 5, 6);
    HistoryRequest pull =
        decode(Calls.HISTORY, connection.expect("messages.history", 1).getFirst());
    assertThat(pull.getAfterSeq()).isEqualTo(2);
  }

  @Test
  @DisplayName("of a long gap come page by page")
  void longGap() {
    serveHistory(1_000);
    FakeConnection connection = connected();
    connection.push(0, entry(1));
    connection.push(0, entry(1_000));

    eventually("all entries", () -> heard.entries.size() >= 1_000);
    assertThat(heard.seqs()).isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(connection.calls("messages.history")).hasSizeBetween(5, 6);
  }

  @Test
  @DisplayName("leave out what this user may not see")
  void invisibleEntries() {
    server.answer(
        "messages.history",
        call ->
            io.skein.protocol.v1.HistoryReply.newBuilder()
                .addEntries(entry(7))
                .addEntries(entry(8))
                .setHeadSeq(8)
                .build());
    FakeConnection connection = connected();
    connection.push(0, entry(8));

    eventually("two entries", () -> heard.entries.size() >= 2);
    connection.push(0, entry(9));
    eventually("three entries", () -> heard.entries.size() >= 3);
    assertThat(heard.seqs()).containsExactly(7, 8, 9);
  }

  @Test
  @DisplayName("that were missed while away are found by the sync after the reconnect")
  void missedWhileAway() {
    FakeConnection first = connected();
    first.push(0, entry(1));
    eventually("the first", () -> heard.entries.size() == 1);
    serveSync(4);
    serveHistory(4);

    first.close();

    eventually("four entries", () -> heard.entries.size() >= 4);
    assertThat(heard.seqs()).containsExactly(1, 2, 3, 4);
    SyncRequest sync =
        decode(Calls.SYNC, server.connection(2).expect("conversations.sync", 1).getFirst());
    assertThat(sync.getCursor()).isEqualTo("cursor-1");
  }

  @Test
  @DisplayName("of a conversation that began while away come from its start")
  void newConversation() {
    connected().close();
    serveSync(3);
    serveHistory(3);

    eventually("three entries", () -> heard.entries.size() >= 3);
    assertThat(heard.seqs()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("of a conversation that begins now put it into the list, too")
  void conversationThatBegins() {
    FakeConnection connection = connected();
    assertThat(client.conversations().join()).isEmpty();
    serveSync(1);

    connection.push(0, entry(1));

    eventually("it is listed", () -> !client.conversations().join().isEmpty());
    assertThat(client.conversations().join()).containsExactly(conversation(1));
    assertThat(heard.seqs()).containsExactly(1);
    connection.push(0, entry(2));
    eventually("the second", () -> heard.entries.size() == 2);
    staysAt(2, () -> connection.calls("conversations.sync").size());
  }

  @Test
  @DisplayName("start where the log stands at the first sync: what is older is history")
  void firstSync() {
    serveSync(100);
    FakeConnection connection = connected();
    connection.push(0, entry(101));

    eventually("the entry", () -> heard.entries.size() == 1);
    loop.advance(Duration.ofSeconds(1));
    assertThat(heard.seqs()).containsExactly(101);
    assertThat(heard.conversations).hasSize(1);
    staysAt(0, () -> connection.calls("messages.history").size());
  }

  @Test
  @DisplayName("skip, and say so, where more was missed than is fetched one by one")
  void tooMuchMissed() {
    serveHistory(1_000);
    client =
        describe(new MemoryStateStore()).configure(config -> config.withCatchUpLimit(10)).build();
    client.listen(heard);
    FakeConnection connection = connected();
    connection.push(0, entry(1));
    connection.push(0, entry(1_000));

    eventually("the last", () -> heard.seqs().contains(1_000));
    assertThat(heard.seqs()).first().isEqualTo(1);
    assertThat(heard.seqs().subList(1, 11))
        .isEqualTo(IntStream.rangeClosed(991, 1_000).boxed().toList());
    assertThat(heard.skipped).containsExactly(CONVERSATION + " 1..991");
  }

  @Test
  @DisplayName("are looked for when the count of pushes shows a gap")
  void pushGap() {
    server.answer(
        "conversations.sync",
        call ->
            SyncReply.newBuilder()
                .addConversations(conversation(0))
                .addConversations(conversation(0).toBuilder().setConversationId(OTHER))
                .setCursor("c")
                .build());
    FakeConnection connection = connected();
    connection.push(1, entry(1));
    eventually("the first", () -> heard.entries.size() == 1);
    serveSync(2);
    serveHistory(2);

    // Push 2 is lost; it was about a conversation that stays silent otherwise.
    connection.push(3, entry(OTHER, 1));

    eventually("all three", () -> heard.entries.size() >= 3);
    assertThat(heard.seqs(CONVERSATION)).containsExactly(1, 2);
    assertThat(connection.calls("conversations.sync")).hasSize(2);
  }

  @Test
  @DisplayName("are not looked for when a push is only late")
  void latePush() {
    serveSync(0);
    FakeConnection connection = connected();
    connection.push(2, entry(2));
    connection.push(1, entry(1));
    eventually("both", () -> heard.entries.size() == 2);
    loop.advance(Duration.ofSeconds(2));

    staysAt(1, () -> connection.calls("conversations.sync").size());
  }

  @Test
  @DisplayName("are looked for when a heartbeat shows that the last push was lost")
  void lastPushLost() {
    FakeConnection connection = connected();
    serveSync(1);
    serveHistory(1);
    server.answer("ping", call -> PingReply.newBuilder().setLastPush(1).build());

    loop.advance(Duration.ofSeconds(30));
    connection.expect("ping", 1);

    eventually("the lost one", () -> heard.entries.size() == 1);
    assertThat(connection.calls("conversations.sync")).hasSize(2);
  }

  @Test
  @DisplayName("are looked for when the server says resync")
  void resyncEvent() {
    FakeConnection connection = connected();
    serveSync(2);
    serveHistory(2);
    connection.push(Event.newBuilder().setResync(Resync.newBuilder().setReason("test")).build());

    eventually("both", () -> heard.entries.size() == 2);
  }

  @Test
  @DisplayName("go on where they were when the cursor is lost")
  void cursorLost() {
    FakeConnection first = connected();
    first.push(0, entry(1));
    eventually("the first", () -> heard.entries.size() == 1);
    serveHistory(3);
    server.answer(
        "conversations.sync",
        call ->
            SyncReply.newBuilder()
                .setResync(true)
                .addConversations(conversation(3))
                .setCursor("new")
                .build());

    first.close();

    eventually("three entries", () -> heard.entries.size() >= 3);
    assertThat(heard.seqs()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("of a sync of many pages are all found, and only then the cursor is kept")
  void manyPages() {
    MemoryStateStore store = new MemoryStateStore();
    server.answer(
        "conversations.sync",
        call -> {
          String cursor = decode(Calls.SYNC, call).getCursor();
          return SyncReply.newBuilder()
              .addConversations(
                  conversation(1).toBuilder().setConversationId("id" + cursor).setHeadSeq(1))
              .setCursor(cursor + "x")
              .setMore(cursor.length() < 2)
              .build();
        });
    client = newClient(store);
    connected();

    assertThat(heard.conversations).extracting("conversationId_").hasSize(3);
    assertThat(client.conversations().join()).hasSize(3);
    assertThat(store.cursor()).isEqualTo("xxx");
  }

  @Test
  @DisplayName("are all fetched before the cursor moves past them")
  void cursorLast() {
    MemoryStateStore store = new MemoryStateStore();
    client = newClient(store);
    FakeConnection first = connected();
    assertThat(store.cursor()).isEqualTo("cursor-1");
    serveSync(3);
    server.silent("messages.history");

    first.close();

    eventually("second connection", () -> server.connections.size() == 2);
    FakeConnection second = server.connection(2);
    second.expect("messages.history", 1);
    loop.settle();
    assertThat(store.cursor()).isEqualTo("cursor-1");
    serveHistory(3);
    server.handle(second, second.calls("messages.history").getFirst());
    eventually("three entries", () -> heard.entries.size() == 3);
    assertThat(store.cursor()).isEqualTo("c");
  }

  @Test
  @DisplayName("are fetched in the next try when the server cannot at first")
  void historyFailsAtFirst() {
    server.on(
        "messages.history", (connection, call) -> connection.refuse(call, ErrorCode.UNAVAILABLE));
    FakeConnection connection = connected();
    connection.push(0, entry(3));
    eventually("a try", () -> !connection.calls("messages.history").isEmpty());
    serveHistory(3);

    eventually("three entries", () -> heard.entries.size() >= 3);
    assertThat(heard.seqs()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("are confirmed together, up to the last one without a hole")
  void confirmed() {
    server.silent("messages.history");
    FakeConnection connection = connected();
    IntStream.rangeClosed(1, 20).forEach(seq -> connection.push(0, entry(seq)));
    connection.push(0, entry(22));
    await("no time passes").until(() -> heard.entries.size() == 20);
    loop.settle();

    loop.advance(Duration.ofMillis(200));

    DeliveredRequest confirmation =
        decode(Calls.DELIVERED, connection.expect("delivered", 1).getFirst());
    assertThat(confirmation.getSeq()).isEqualTo(20);
    loop.advance(Duration.ofSeconds(1));
    staysAt(1, () -> connection.calls("delivered").size());
  }

  @Test
  @DisplayName("are not confirmed before the application has had them")
  void confirmedAfterTheApplication() {
    CountDownLatch slow = new CountDownLatch(1);
    FakeConnection connection = connected();
    client.listen(
        new ClientListener() {
          @Override
          public void onEntry(Entry entry) {
            awaitUninterruptibly(slow);
          }
        });
    connection.push(0, entry(1));
    eventually("heard", () -> heard.entries.size() == 1);
    loop.advance(Duration.ofSeconds(5));
    staysAt(0, () -> connection.calls("delivered").size());

    slow.countDown();

    eventually("confirmed", () -> connection.calls("delivered").size() == 1);
  }

  @Test
  @DisplayName("stay on the server while the application is far behind, and come later")
  void slowApplication() {
    serveHistory(50);
    CountDownLatch slow = new CountDownLatch(1);
    client =
        describe(new MemoryStateStore()).configure(config -> config.withCallbackLimit(10)).build();
    client.listen(heard);
    FakeConnection connection = connected();
    client.listen(
        new ClientListener() {
          @Override
          public void onEntry(Entry entry) {
            awaitUninterruptibly(slow);
          }
        });
    IntStream.rangeClosed(1, 50).forEach(seq -> connection.push(0, entry(seq)));
    eventually("the first", () -> heard.entries.size() == 1);
    slow.countDown();

    eventually("all", () -> heard.entries.size() >= 50);
    assertThat(heard.seqs()).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(connection.calls("messages.history")).isNotEmpty();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
