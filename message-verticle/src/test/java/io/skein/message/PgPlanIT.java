package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.PgStores.Transaction;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Plans are made from statistics that may be old, and kept: so what is asserted is not a plan but
 * how many rows were looked at, in the state where the statistics know nothing of a long log.
 */
@DisplayName("In a long log, with statistics that know nothing of it")
class PgPlanIT {
  private static final int LENGTH = 5000;

  /** More executions than it takes Postgres to settle on a generic plan. */
  private static final int TIMES = 12;

  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  private PgStores stores;
  private UUID trip;

  @BeforeEach
  void fill() {
    stores = DATABASE.stores();
    trip = new Given(stores).group("alice", "bob");
    stores.execute("ANALYZE message.entry");
    stores.execute(
        """
        INSERT INTO message.entry (conversation_id, seq, ordinal, type, countable, sender,
                                   client_msg_id, sent_at, body)
        SELECT '%1$s', i, i - 1, 10, true, CASE WHEN i %% 2 = 0 THEN 'alice' ELSE 'bob' END,
               gen_random_uuid(), now(), 'x' FROM generate_series(2, %2$d) i;
        UPDATE message.conversation SET last_seq = %2$d, message_count = %2$d - 1
        WHERE id = '%1$s';
        UPDATE message.member SET own_count = (%2$d - 1) / 2 WHERE conversation_id = '%1$s'
        """
            .formatted(trip, LENGTH));
  }

  @Test
  @DisplayName("an append looks at its own few rows: here at the one duplicate that it has")
  void appends() {
    try (Transaction open = stores.begin()) {
      for (int i = 0; i < TIMES; i++) {
        open.execute(
            """
            SELECT message.append_v3(gen_random_uuid(), gen_random_uuid(), '{}', '{}', '{}',
              array['%1$s'::uuid], array[1, 1], array['alice', 'bob'],
              array[gen_random_uuid(), '%1$s'::uuid], array[10::smallint, 10::smallint],
              array[true, true], array['x'::bytea, 'x'::bytea],
              array[null::bytea, null], array[null::integer, null],
              array[null::integer, null], array[null::text, null], array[null::boolean, null],
              array[null::smallint, null], array[null::bytea, null], '{}', '{}',
              array[null::uuid, null], array[0, 0], array[null::integer, null],
              60, 60, 50, 20, 1000, 20)
            """
                .formatted(trip));
      }
      assertThat(entriesReadIn(open)).isBetween(TIMES - 1L, 10L * TIMES);
    }
  }

  @Test
  @DisplayName("moving a read mark looks at the entries between the old and the new mark")
  void reads() {
    try (Transaction open = stores.begin()) {
      for (int i = 1; i <= TIMES; i++) {
        open.execute(
            "SELECT message.read_v1(array['%s'::uuid], array['bob'], array[%d])"
                .formatted(trip, 10 * i));
      }
      assertThat(entriesReadIn(open)).isBetween(1L, 20L * TIMES);
    }
  }

  private static long entriesReadIn(Transaction open) {
    return open.number(
        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            + " WHERE schemaname = 'message' AND relname = 'entry'");
  }
}
