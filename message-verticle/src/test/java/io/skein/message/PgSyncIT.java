package io.skein.message;

import static io.skein.message.Given.direct;
import static io.skein.message.Given.get;
import static io.skein.message.Given.marked;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.ConversationStore.SyncPage;
import io.skein.message.PgStores.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a sync finds of the marks of others, in Postgres")
class PgSyncIT {
  /** What this version calls to move marks, and what the last one calls beside it. */
  private static final List<String> MOVERS =
      List.of("read_v3", "delivered_v2", "read_v2", "delivered_v1");

  private static final int DIRECT_ONES = 30;

  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  private final String alice = "alice-" + UUID.randomUUID();
  private final String bob = "bob-" + UUID.randomUUID();
  private final String carol = "carol-" + UUID.randomUUID();

  private PgStores stores;
  private Given given;

  @BeforeEach
  void takeStores() {
    stores = DATABASE.stores();
    given = new Given(stores);
  }

  /** A way to move a mark, in a direct conversation or a group. */
  private record Move(String function, boolean direct) {}

  static Stream<Move> moves() {
    return MOVERS.stream().flatMap(f -> Stream.of(new Move(f, true), new Move(f, false)));
  }

  @ParameterizedTest
  @MethodSource("moves")
  @DisplayName("a mark that commits while a sync is read is found by the next one")
  void skipsNoMark(Move move) {
    UUID slow = move.direct() ? directWith(bob) : given.group(alice, bob);
    UUID quick = directWith(carol);
    long start = sync(0).horizon();
    SyncPage during;
    try (Transaction open = stores.begin()) {
      open.execute(moveSql(move.function(), slow, bob)); // has its transaction id
      given.delivered(quick, carol, 1); // a later transaction that commits first
      during = sync(start);
      assertThat(ids(during)).containsExactly(quick);
      open.commit();
    }
    assertThat(ids(sync(during.horizon()))).contains(slow);
    assertThat(ids(sync(sync(0).horizon()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read_v3", "delivered_v2", "read_v2", "delivered_v1"})
  @DisplayName("both sides of a direct conversation move their marks at once: nobody waits")
  void marksAtOnce(String function) {
    UUID pair = directWith(bob);
    long start = sync(0).horizon();
    try (Transaction open = stores.begin()) {
      open.execute(moveSql(function, pair, alice));
      assertThat(given.read(pair, bob, 1)).satisfies(marked(1, 1, 0, true));
      open.commit();
    }
    assertThat(ids(sync(start))).containsExactly(pair);
    assertThat(ids(sync(bob, start))).containsExactly(pair);
    assertThat(traces(pair)).isEqualTo(2);
  }

  @Test
  @DisplayName("a mark that is taken back with its transaction leaves nothing")
  void rollsBack() {
    UUID pair = directWith(bob);
    long start = sync(0).horizon();
    try (Transaction open = stores.begin()) {
      open.execute(moveSql("read_v3", pair, bob));
    }
    assertThat(ids(sync(start))).isEmpty();
    assertThat(traces(pair)).isZero();
  }

  @Test
  @DisplayName("only direct conversations have rows for it, and one for each side")
  void leavesNoTraceInGroups() {
    String[] many = IntStream.range(0, 21).mapToObj(i -> i + bob).toArray(String[]::new);
    many[0] = alice;
    UUID small = given.group(alice, bob);
    UUID large = given.group(many);
    UUID pair = directWith(bob);
    UUID self = directWith(alice);
    for (String function : MOVERS) {
      for (UUID one : List.of(small, large, pair, self)) {
        stores.execute(moveSql(function, one, alice));
        stores.execute(moveSql(function, one, bob));
      }
      stores.execute(moveSql(function, large, many[1]));
    }
    assertThat(traces(small)).isZero();
    assertThat(traces(large)).isZero();
    assertThat(traces(self)).isZero();
    assertThat(traces(pair)).isEqualTo(2);
  }

  @Test
  @DisplayName("for a cursor from before marks were noted, the members themselves are asked")
  void goesBackBeforeTheNotes() {
    UUID pair = directWith(bob);
    long start = sync(0).horizon();
    given.read(pair, bob, 1);
    try (Transaction open = stores.begin()) {
      open.execute("DELETE FROM message.peer_mark WHERE conversation_id = '%s'".formatted(pair));
      assertThat(found(open, start)).isZero();
      open.execute(
          """
          CREATE OR REPLACE FUNCTION message.peer_marks_from_v1() RETURNS bigint
          LANGUAGE sql IMMUTABLE AS 'SELECT %d::bigint'
          """
              .formatted(start + 1));
      assertThat(found(open, start)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("it looks at no member of direct conversations but the one who asks")
  void looksAtOwnRows() {
    for (int i = 0; i < DIRECT_ONES; i++) {
      given.read(directWith(bob + i), bob + i, 1);
    }
    long start = sync(0).horizon();
    try (Transaction open = stores.begin()) {
      assertThat(found(open, start)).isZero();
      assertThat(read(open, "member")).isEqualTo(DIRECT_ONES);
      assertThat(read(open, "conversation")).isEqualTo(DIRECT_ONES);
      assertThat(read(open, "peer_mark")).isEqualTo(DIRECT_ONES);
      assertThat(open.number("SELECT sum(seq_scan) FROM pg_stat_xact_user_tables")).isZero();
    }
  }

  @Test
  @DisplayName("no index has the transaction ids, so that moving a mark touches none")
  void staysHot() {
    assertThat(
            stores.number(
                "SELECT count(*) FROM pg_indexes WHERE schemaname = 'message'"
                    + " AND indexdef LIKE '%changed_xid%'"))
        .isZero();
  }

  private UUID directWith(String peer) {
    given.sent(direct(alice, peer));
    return idOf(alice, peer);
  }

  private static UUID idOf(String one, String other) {
    return DirectPair.of(one, other).conversationId();
  }

  private SyncPage sync(long since) {
    return sync(alice, since);
  }

  private SyncPage sync(String user, long since) {
    return get(stores.conversations().sync(user, since, Optional.empty(), 100));
  }

  private static List<UUID> ids(SyncPage page) {
    return page.conversations().stream().map(ConversationView::conversationId).toList();
  }

  private static String moveSql(String function, UUID conversation, String user) {
    return "SELECT message.%s(array['%s'::uuid], array['%s'], array[1])"
        .formatted(function, conversation, user);
  }

  private long traces(UUID conversation) {
    return stores.number(
        "SELECT count(*) FROM message.peer_mark WHERE conversation_id = '%s'"
            .formatted(conversation));
  }

  private long found(Transaction open, long since) {
    return open.number(
        "SELECT cardinality(ids) FROM message.sync_v1('%s', %d, '9999-01-01', '%s', 100, 20)"
            .formatted(alice, since, new UUID(-1, -1)));
  }

  private static long read(Transaction open, String table) {
    return open.number(
        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            + " WHERE schemaname = 'message' AND relname = '%s'".formatted(table));
  }
}
