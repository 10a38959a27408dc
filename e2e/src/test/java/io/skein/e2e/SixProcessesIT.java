package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.client.OutgoingMessage;
import io.skein.client.transport.Encoding;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.SendReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each service in a process of its own, and two gateways. */
@DisplayName("Six processes on one Postgres and one Redis")
@Timeout(900)
class SixProcessesIT {
  private static final int EACH = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static Cluster cluster;
  private static Node gateway1;
  private static Node gateway2;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster("six-processes");
    cluster.start("session", "session");
    cluster.start("message", "message");
    cluster.start("presence", "presence");
    cluster.start("notify", "notify");
    // In two waves: six starting at once are in each other's way.
    cluster.awaitReady();
    gateway1 = cluster.start("gateway-1", "gateway");
    gateway2 = cluster.start("gateway-2", "gateway");
    cluster.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("carry 10,000 messages each way, once and in order, and a third device syncs them")
  void bothWays() {
    Person alice = Person.register(gateway1.tcp(), "alice");
    Person bob = Person.register(gateway2.tcp(), "bob");
    try (Person.Phone one = alice.connect(gateway1.tcp(), Encoding.PROTOBUF, "phone-1");
        Person.Phone other = bob.connect(gateway2.webSocket(), Encoding.JSON, "web-1")) {
      List<OutgoingMessage> sent = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        sent.add(one.client().send("bob", "from alice " + i));
        sent.add(other.client().send("alice", "von bob 你好 👋 " + i));
      }
      await().atMost(PATIENCE).until(() -> one.entries().size() >= 2 * EACH);
      await().atMost(PATIENCE).until(() -> other.entries().size() >= 2 * EACH);

      assertOnceAndInOrder(one.entries());
      assertOnceAndInOrder(other.entries());
      assertThat(other.entries()).isEqualTo(one.entries());
      List<Integer> acknowledged =
          sent.stream().map(it -> it.committed().join()).map(SendReply::getSeq).sorted().toList();
      assertThat(acknowledged).isEqualTo(seqs());

      try (Person.Phone third = alice.connect(gateway2.tcp(), Encoding.PROTOBUF, "tablet-1")) {
        Conversation synced = third.client().conversations().join().getFirst();
        assertThat(synced.getConversationId())
            .isEqualTo(ConversationIds.direct("alice", "bob").toString());
        assertThat(synced.getHeadSeq()).isEqualTo(2 * EACH);
        List<Entry> log = wholeLog(third, synced);
        assertThat(log).isEqualTo(one.entries());
        assertThat(log.stream().map(Entry::getClientMsgId).toList())
            .doesNotHaveDuplicates()
            .containsExactlyInAnyOrderElementsOf(
                sent.stream().map(OutgoingMessage::clientMsgId).toList());
      }
    }
  }

  private static void assertOnceAndInOrder(List<Entry> entries) {
    assertThat(entries.stream().map(Entry::getSeq).toList()).isEqualTo(seqs());
    assertThat(bodiesOf(entries, "alice"))
        .isEqualTo(IntStream.range(0, EACH).mapToObj(i -> "from alice " + i).toList());
    assertThat(bodiesOf(entries, "bob"))
        .isEqualTo(IntStream.range(0, EACH).mapToObj(i -> "von bob 你好 👋 " + i).toList());
  }

  private static List<Integer> seqs() {
    return IntStream.rangeClosed(1, 2 * EACH).boxed().toList();
  }

  private static List<String> bodiesOf(List<Entry> entries, String sender) {
    return entries.stream()
        .filter(entry -> entry.getSender().equals(sender))
        .map(entry -> entry.getText().getBody())
        .toList();
  }

  /** Backwards, as a device scrolls up. */
  private static List<Entry> wholeLog(Person.Phone phone, Conversation conversation) {
    List<List<Entry>> pages = new ArrayList<>();
    int before = conversation.getHeadSeq() + 1;
    while (before > 1) {
      HistoryReply page =
          phone
              .client()
              .history(
                  HistoryRequest.newBuilder()
                      .setConversationId(conversation.getConversationId())
                      .setBeforeSeq(before)
                      .setLimit(200)
                      .build())
              .join();
      pages.add(page.getEntriesList());
      before = page.getEntries(0).getSeq();
    }
    Collections.reverse(pages);
    return pages.stream().flatMap(List::stream).toList();
  }
}
