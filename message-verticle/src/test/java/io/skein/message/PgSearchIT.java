package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.FileReference;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Image;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SearchReply;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Finding messages, in Postgres")
class PgSearchIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private Given given;
  private String trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    given = new Given(behind);
    trip = given.group("alice", "bob").toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private int say(String user, String text) {
    return Given.get(here.send(user, toConversation(trip, text))).getSeq();
  }

  private int send(String user, Consumer<SendRequest.Builder> content) {
    SendRequest.Builder request = toConversation(trip, "").toBuilder().clearContent();
    content.accept(request);
    return Given.get(here.send(user, request.build())).getSeq();
  }

  private SearchReply search(String user, UnaryOperator<SearchRequest.Builder> wanted) {
    here.index(behind);
    return (SearchReply)
        Given.get(
            here.call("messages.search", user, wanted.apply(SearchRequest.newBuilder()).build()));
  }

  private List<Integer> found(String user, String query) {
    return search(user, wanted -> wanted.setQuery(query)).getEntriesList().stream()
        .map(Entry::getSeq)
        .toList();
  }

  @Test
  @DisplayName("By words, by the beginning of the last one, in any case, the newest first")
  void words() {
    int one = say("alice", "Dinner at eight?");
    int two = say("bob", "dinner is fine, eighty people");
    say("alice", "lunch");
    assertThat(found("bob", "DINNER")).containsExactly(two, one);
    assertThat(found("bob", "dinner eigh")).containsExactly(two, one);
    assertThat(found("bob", "eight dinner")).containsExactly(one);
    assertThat(found("bob", "breakfast")).isEmpty();
  }

  @Test
  @DisplayName("By any part of a text without spaces, also one or two characters, but not by less")
  void chinese() {
    int one = say("alice", "我明天去北京出差");
    int two = say("bob", "北京的京人");
    assertThat(found("alice", "北京")).containsExactly(two, one);
    assertThat(found("alice", "京")).containsExactly(two, one);
    assertThat(found("alice", "明天去北京")).containsExactly(one);
    assertThat(found("alice", "北京人")).isEmpty();
  }

  @Test
  @DisplayName(
      "Only what one may see: not others' conversations, not what is cleared or before one")
  void visibility() {
    say("alice", "secret plan");
    assertThat(found("mallory", "secret")).isEmpty();
    behind.execute("UPDATE message.member SET cleared_seq = 2 WHERE user_id = 'bob'");
    assertThat(found("bob", "secret")).isEmpty();
    assertThat(found("alice", "secret")).hasSize(1);
    behind.remove(UUID.fromString(trip), "bob");
    say("alice", "secret again");
    assertThat(found("bob", "again")).isEmpty();
  }

  @Test
  @DisplayName("An edited message by its last version, a recalled one not at all")
  void changes() {
    int seq = say("alice", "breakfast");
    assertThat(found("bob", "breakfast")).containsExactly(seq);
    send(
        "alice",
        request ->
            request.setEdit(
                Edit.newBuilder().setSeq(seq).setText(Text.newBuilder().setBody("lunch"))));
    assertThat(found("bob", "breakfast")).isEmpty();
    assertThat(found("bob", "lunch")).containsExactly(seq);
    send("alice", request -> request.setRecall(Recall.newBuilder().setSeq(seq)));
    assertThat(found("bob", "lunch")).isEmpty();
  }

  @Test
  @DisplayName("Former members do not find what has been edited into a message after they left")
  void formerMembers() {
    int kept = say("alice", "breakfast at nine");
    int edited = say("alice", "breakfast at ten");
    behind.remove(UUID.fromString(trip), "bob");
    send(
        "alice",
        request ->
            request.setEdit(
                Edit.newBuilder().setSeq(edited).setText(Text.newBuilder().setBody("lunch"))));
    assertThat(found("bob", "lunch")).isEmpty();
    assertThat(found("alice", "lunch")).containsExactly(edited);
    assertThat(found("bob", "breakfast")).containsExactly(kept);
  }

  @Test
  @DisplayName("With filters, and in pages that miss nothing")
  void filters() {
    String other = given.group("alice", "bob").toString();
    Given.get(here.send("alice", toConversation(other, "cat elsewhere")));
    int text = say("alice", "cat");
    int picture =
        send(
            "bob",
            request ->
                request.setImage(
                    Image.newBuilder()
                        .setFile(FileReference.newBuilder().setUrl("https://example.com/1.jpg"))
                        .setCaption("a cat")));
    assertThat(search("alice", wanted -> wanted.setQuery("cat")).getEntriesList()).hasSize(3);
    assertThat(seqs(wanted -> wanted.setQuery("cat").setConversationId(trip)))
        .containsExactly(picture, text);
    assertThat(seqs(wanted -> wanted.setQuery("cat").setSender("bob"))).containsExactly(picture);
    assertThat(seqs(wanted -> wanted.setQuery("cat").addContents("image")))
        .containsExactly(picture);
    assertThat(
            seqs(
                wanted ->
                    wanted
                        .setQuery("cat")
                        .setSince(Timestamp.newBuilder().setSeconds(4_000_000_000L))))
        .isEmpty();

    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      String from = cursor;
      SearchReply page =
          search("alice", wanted -> wanted.setQuery("cat").setLimit(1).setCursor(from));
      page.getEntriesList().forEach(entry -> all.add(entry.getConversationId() + entry.getSeq()));
      cursor = page.getCursor();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(3).doesNotHaveDuplicates();
  }

  private List<Integer> seqs(UnaryOperator<SearchRequest.Builder> wanted) {
    return search("alice", wanted).getEntriesList().stream().map(Entry::getSeq).toList();
  }

  @Test
  @DisplayName("The same by index and by walking through the conversations, whatever is asked for")
  void bothWays() {
    behind.execute(
        """
        SELECT setseed(0.1);
        CREATE FUNCTION message.c(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE
          AS $$ SELECT lpad(i::text, 32, '0')::uuid $$;
        INSERT INTO message.conversation (id, kind, last_seq, last_sent_at, changed_xid)
        SELECT message.c(i), 2, i * 500, timestamptz '2026-01-01' + i * interval '1 day', 1
        FROM generate_series(1, 8) i;
        INSERT INTO message.member (conversation_id, user_id, role, changed_xid, joined_seq, left_seq)
        SELECT message.c(i), 'alice', 3, 1, i * 10, CASE i WHEN 5 THEN 700 END
        FROM generate_series(1, 7) i;
        INSERT INTO message.entry (conversation_id, seq, ordinal, type, countable, sender, sent_at,
                                   body)
        SELECT c.id, s, s, 10, true, 'x', c.last_sent_at - (c.last_seq - s) / 2 * interval '1 hour', ''
        FROM message.conversation c CROSS JOIN generate_series(1, c.last_seq) s
        WHERE c.last_seq >= 500 AND c.kind = 2;
        INSERT INTO message.search (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
        SELECT e.conversation_id, e.seq, CASE WHEN random() < 0.1 THEN e.seq + 300 ELSE 0 END,
               'u' || e.seq % 3, 10 + e.seq % 2, e.sent_at,
               array_to_tsvector(array(
                 SELECT 'w' || g FROM generate_series(1, 5) g WHERE random() < CASE WHEN e.conversation_id = message.c(7) THEN 0.1 ELSE 2.0 END / (g * g * g)))
        FROM message.entry e WHERE e.conversation_id IN (SELECT message.c(i) FROM generate_series(1, 8) i);
        ANALYZE
        """);
    String asked =
        """
        FROM generate_series(1, 1000) q
        CROSS JOIN LATERAL (
          SELECT CASE WHEN q % 4 = 0 THEN message.c(q % 9) END AS conversation,
                 ('w' || 1 + q % 5 || CASE q % 7 WHEN 0 THEN ' & w1' ELSE '' END)::tsquery AS words,
                 CASE q % 5 WHEN 0 THEN 'u1' END AS sender,
                 CASE q % 6 WHEN 0 THEN '{11}' ELSE '{}' END::smallint[] AS types,
                 timestamptz '2025-12-01' + (q % 3) * interval '20 days' AS since,
                 timestamptz '2026-01-09' - (q % 2) * interval '8 days' AS until,
                 timestamptz '2026-01-09' - (q % 11) * interval '36 hours' AS below,
                 1 + q % 40 AS most) a
        CROSS JOIN LATERAL message.FUNCTION('alice', a.conversation, a.words, a.sender, a.types,
          a.since, a.until, a.below, message.c(q % 9), q, a.most) f
        """;
    String byIndex = "SELECT q, f.* " + asked.replace("FUNCTION", "search_index_v1");
    String byWalk = "SELECT q, f.* " + asked.replace("FUNCTION", "search_walk_v1");
    assertThat(behind.number("SELECT count(*) FROM (" + byIndex + ") i")).isGreaterThan(2000);
    assertThat(
            behind.number(
                "SELECT count(*) FROM ((%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s)) d"
                    .formatted(byIndex, byWalk)))
        .isZero();
  }

  @Test
  @DisplayName("A query that is none is refused")
  void refuses() {
    for (SearchRequest.Builder wrong :
        List.of(
            SearchRequest.newBuilder().setQuery("%*"),
            SearchRequest.newBuilder(),
            SearchRequest.newBuilder().setQuery("x".repeat(201)),
            SearchRequest.newBuilder().setQuery("x").addContents("edit"),
            SearchRequest.newBuilder().setQuery("x").setCursor("?"))) {
      Future<?> call = here.call("messages.search", "alice", wrong.build());
      await().until(call::isComplete);
      assertThat(((SkeinException) call.cause()).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  @DisplayName("The index finds the conversations and the words at once, without reading all")
  void usesTheIndex() {
    say("alice", "needle");
    here.index(behind);
    behind.execute(
        """
        INSERT INTO message.search (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
        SELECT gen_random_uuid(), 1, 0, 'x', 10, now(), array_to_tsvector(array['needle', 'w' || i])
        FROM generate_series(1, 20000) i
        """);
    behind.execute("ANALYZE message.search");
    try (PgStores.Transaction open = behind.begin()) {
      long before = read(open);
      assertThat(found("bob", "needle")).hasSize(1);
      await().until(() -> read(open) >= before);
    }
    assertThat(
            behind.number(
                "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables"
                    + " WHERE schemaname = 'message' AND relname = 'search'"))
        .isLessThan(20_000);
  }

  private static long read(PgStores.Transaction open) {
    return open.number("SELECT coalesce(sum(idx_tup_fetch), 0) FROM pg_stat_user_tables");
  }

  @Test
  @DisplayName("The log is read around an entry, from a time, and by thread")
  void history() {
    int root = say("alice", "where?");
    for (int i = 0; i < 10; i++) {
      say("bob", "n" + i);
    }
    int answer =
        send(
            "bob",
            request ->
                request
                    .setText(Text.newBuilder().setBody("here"))
                    .setContext(EntryContext.newBuilder().setReplyToSeq(root)));
    assertThat(log(wanted -> wanted.setAroundSeq(6).setLimit(5))).containsExactly(4, 5, 6, 7, 8);
    assertThat(log(wanted -> wanted.setAroundSeq(1).setLimit(4))).containsExactly(1, 2, 3);
    assertThat(log(wanted -> wanted.setAroundSeq(6).setLimit(1))).containsExactly(6);
    assertThat(log(wanted -> wanted.setThreadSeq(root).setAfterSeq(0))).containsExactly(answer);
    behind.execute("UPDATE message.entry SET sent_at = now() - interval '1 hour' WHERE seq <= 7");
    Timestamp halfAnHourAgo =
        Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1000 - 1800).build();
    assertThat(log(wanted -> wanted.setSince(halfAnHourAgo).setLimit(2))).containsExactly(8, 9);
    assertThat(log(wanted -> wanted.setSince(Timestamp.newBuilder().setSeconds(4_000_000_000L))))
        .isEmpty();
  }

  private List<Integer> log(UnaryOperator<HistoryRequest.Builder> wanted) {
    HistoryRequest request =
        wanted.apply(HistoryRequest.newBuilder().setConversationId(trip)).build();
    return loop
        .run(() -> here.services().messages().history(ServiceFixture.by("alice"), request))
        .getEntriesList()
        .stream()
        .map(Entry::getSeq)
        .toList();
  }
}
