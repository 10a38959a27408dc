package io.skein.message;

import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.protocol.internal.v1.BadgeQuery;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Writes {@code docs/PLANS.md}: what Postgres does for the hot queries with ten million entries
 * stored. It takes some minutes and 8 GB, so it runs only when it is told where: {@code
 * -Dskein.plans.folder=…}. What has been made there is used again.
 */
@EnabledIfSystemProperty(named = "skein.plans.folder", matches = ".+")
@DisplayName("With ten million entries")
class TenMillionEntriesIT {
  private static final Path REPORT = Path.of("..", "docs", "PLANS.md");

  /** What alice is in: a direct conversation, a group of 20, one of 1,000. */
  private static final String DIRECT = LargeDatabase.conversation(125).toString();

  private static final String GROUP = LargeDatabase.conversation(100_025).toString();
  private static final String LARGE = LargeDatabase.conversation(105_001).toString();
  private static final String CHANNEL = LargeDatabase.conversation(105_002).toString();
  private static final int CHANGED = 10;

  @RegisterExtension final EventLoop loop = new EventLoop();

  private static ExplainedDatabase database;
  private PgServices here;
  private int reactions;

  @BeforeAll
  static void start() {
    database =
        ExplainedDatabase.in(
            Path.of(System.getProperty("skein.plans.folder")), "/ten-million-entries.sql");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  @DisplayName("no table is read from end to end; the plans are written down")
  void plans() {
    String before = lastCursor();
    use(
        () -> {
          for (int i = 1; i <= CHANGED; i++) {
            say(LargeDatabase.conversation(100_000 + 25 * i).toString());
          }
        });
    String after = lastCursor();
    PlanReport report = new PlanReport(database, this::use);
    report.add("The first page of a first sync: 50 of 1,002 conversations", () -> sync("", 50));
    report.add(
        "A sync of 1,002 conversations of which 10 have changed, with the total",
        () -> sync(before, 50));
    report.add("A sync when nothing has changed, with the total", () -> sync(after, 50));
    report.add("One conversation of the list", () -> look());
    report.add("The newest 50 entries of a log of 500,000", () -> history(page -> page));
    report.add("50 entries around one", () -> history(page -> page.setAroundSeq(250_000)));
    report.add(
        "50 entries from a time on",
        () ->
            history(
                page ->
                    page.setSince(
                        Timestamp.newBuilder()
                            .setSeconds(
                                Instant.now().minus(Duration.ofDays(100)).getEpochSecond()))));
    report.add("Single entries", () -> single());
    report.add("Pinned messages", () -> pinned());
    report.add("Receipts in a group of 1,000", () -> receipts());
    report.add("A search of a rare word in all conversations", () -> search("word49000", ""));
    report.add("A search of a common word in all conversations", () -> search("word0", ""));
    report.add("A search of a common word in one conversation", () -> search("word0", GROUP));
    report.add("A badge", () -> badge());
    report.add("A message to a group", () -> say(GROUP));
    report.add("A message to a user", () -> Given.get(here.send("alice", toUser("u7", "hi"))));
    report.add("A reaction", () -> react());
    report.add("A read mark to the head, with the total", () -> read());
    report.add("A confirmation", () -> confirm());
    report.add("Which of 2,000 users are in a channel of 100,000", () -> memberships());
    assertThat(report.scans()).as("scans of whole tables").isEmpty();
    report.write(REPORT);
  }

  /** With connections of its own. */
  private void use(Runnable work) {
    here = new PgServices(loop, database.address());
    work.run();
    here.close();
  }

  private SyncReply sync(String cursor, int limit) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(limit).build();
    return loop.run(() -> here.services().sync().sync(by("alice"), request));
  }

  /** The cursor after everything that has changed. */
  private String lastCursor() {
    String[] cursor = {""};
    use(
        () -> {
          SyncReply page;
          do {
            page = sync(cursor[0], 100);
            cursor[0] = page.getCursor();
          } while (page.getMore());
        });
    return cursor[0];
  }

  private void call(String method, Message.Builder request) {
    Given.get(here.call(method, "alice", request.build()));
  }

  private void say(String conversation) {
    Given.get(here.send("alice", toConversation(conversation, "hello")));
  }

  private void look() {
    call("conversations.get", GetConversationRequest.newBuilder().setConversationId(GROUP));
  }

  private void history(UnaryOperator<HistoryRequest.Builder> wanted) {
    call(
        "messages.history",
        wanted.apply(HistoryRequest.newBuilder().setConversationId(LARGE).setLimit(50)));
  }

  private void single() {
    call(
        "messages.get",
        GetEntriesRequest.newBuilder().setConversationId(LARGE).addAllSeqs(List.of(7, 100_000)));
  }

  private void pinned() {
    call("messages.pinned", PinnedRequest.newBuilder().setConversationId(LARGE));
  }

  private void receipts() {
    call("messages.receipts", ReceiptsRequest.newBuilder().setConversationId(LARGE).setSeq(400));
  }

  private void search(String query, String conversation) {
    call(
        "messages.search",
        SearchRequest.newBuilder().setQuery(query).setConversationId(conversation).setLimit(20));
  }

  private void badge() {
    BadgesRequest request =
        BadgesRequest.newBuilder()
            .addQueries(BadgeQuery.newBuilder().setConversationId(DIRECT).setUserId("alice"))
            .build();
    loop.run(() -> here.services().marks().badges(request));
  }

  private void react() {
    reactions++;
    SendRequest.Builder request = toConversation(LARGE, "").toBuilder().clearContent();
    request.setReaction(
        Reaction.newBuilder().setSeq(1000 + reactions).setKey("r" + System.nanoTime() % 1_000_000));
    Given.get(here.send("alice", request.build()));
  }

  private void read() {
    say(GROUP);
    call("conversations.read", ReadRequest.newBuilder().setConversationId(GROUP).setSeq(-1));
  }

  private void confirm() {
    MarkDeliveredRequest request =
        MarkDeliveredRequest.newBuilder()
            .addMarks(
                DeliveredMark.newBuilder().setConversationId(LARGE).setUserId("alice").setSeq(1000))
            .build();
    loop.run(() -> here.services().marks().markDelivered(by("").deadline(), request));
  }

  private void memberships() {
    here.memberships(
        MembershipsRequest.newBuilder()
            .setConversationId(CHANNEL)
            .setSinceVersion(1)
            .addAllUserIds(IntStream.range(0, 2_000).mapToObj(i -> "u" + i).toList())
            .build());
  }
}
