package io.skein.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A database in which reading a whole table shows, and a count of what has been read in it. Alice
 * is in a tenth of all conversations. One of them, the long one, has a long log, which she and u10
 * take turns in, with every sort of thing about its entries.
 */
final class LargeDatabase {
  static final int CONVERSATIONS = 20_000;
  static final int OF_ALICE = CONVERSATIONS / 10;
  static final int LENGTH = 20_000;

  private static final List<String> TABLES =
      List.of(
          "conversation",
          "member",
          "entry",
          "entry_state",
          "reaction",
          "mention",
          "search",
          "outbox",
          "retained",
          "expiry",
          "peer_mark");

  private static final String FILL =
      """
      CREATE FUNCTION message.c(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE
        AS $$ SELECT lpad(i::text, 32, '0')::uuid $$;

      INSERT INTO message.conversation (id, kind, title, last_seq, shown_seq, message_count,
                                        members_seq, member_count, last_sent_at, changed_xid)
      SELECT message.c(i), 2, 'c' || i, 1, 1, 1, 1, 3, now() - i * interval '1 second', 1
      FROM generate_series(1, %1$d) i;

      INSERT INTO message.member (conversation_id, user_id, role, changed_xid)
      SELECT message.c(i), u.name, u.role, 1
      FROM generate_series(1, %1$d) i
      CROSS JOIN LATERAL (VALUES (CASE WHEN i %% 10 = 0 THEN 'alice' ELSE 'a' || i %% 3000 END, 1),
                                 ('u' || i %% 3000, 3), ('v' || i %% 3000, 3)) u (name, role);

      INSERT INTO message.entry (conversation_id, seq, ordinal, type, countable, sender,
                                 client_msg_id, sent_at, body)
      SELECT message.c(i), 1, 1, 10, true, 'u' || i %% 3000, gen_random_uuid(), now(), 'x'
      FROM generate_series(1, %1$d) i;

      INSERT INTO message.entry (conversation_id, seq, ordinal, type, countable, sender,
                                 client_msg_id, sent_at, body, thread_seq, target_seq)
      SELECT message.c(10), i, i, 10, true, CASE i %% 2 WHEN 0 THEN 'alice' ELSE 'u10' END,
             gen_random_uuid(), now() - (%2$d - i) * interval '1 second', 'x',
             CASE i %% 3 WHEN 0 THEN i %% 999 END, CASE i %% 3 WHEN 1 THEN i %% 999 END
      FROM generate_series(2, %2$d) i;
      UPDATE message.conversation
      SET last_seq = %2$d, shown_seq = %2$d, message_count = %2$d, last_sent_at = now()
      WHERE id = message.c(10);
      UPDATE message.member SET own_count = %2$d / 2
      WHERE conversation_id = message.c(10) AND user_id <> 'v10';

      INSERT INTO message.entry_state (conversation_id, seq, changed_seq, pinned_seq,
                                       reaction_keys, reaction_counts)
      SELECT message.c(10), i, i + 1, CASE i %% 1000 WHEN 0 THEN i + 1 END, '{+}', '{1}'
      FROM generate_series(1, %2$d) i;
      INSERT INTO message.reaction (conversation_id, seq, key, user_id)
      SELECT message.c(10), i, '+', 'u10' FROM generate_series(1, %2$d) i;
      INSERT INTO message.mention (conversation_id, user_id, seq, sender)
      SELECT message.c(i), 'u' || i %% 3000, 1, 'x' FROM generate_series(1, %1$d) i;
      INSERT INTO message.search (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
      SELECT message.c(10), i, 0, 'u10', 10, now(),
             array_to_tsvector(array['word' || i, 'often'])
      FROM generate_series(1, %2$d) i;
      INSERT INTO message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs,
                                  done_at, indexed)
      SELECT gen_random_uuid(), gen_random_uuid(), array[message.c(i)], '{1}', '{1}', now(),
             true
      FROM generate_series(1, %1$d) i;
      INSERT INTO message.retained (conversation_id, key, version, removed, seq, sender,
                                    client_msg_id, sent_at, body)
      SELECT message.c(i), 'k', 1, false, 1, 'x', gen_random_uuid(), now(), 'x'
      FROM generate_series(1, %1$d) i;
      INSERT INTO message.expiry (conversation_id, seq, look_at, after_read)
      SELECT message.c(i), 1, now() + interval '1 hour', 5 FROM generate_series(1, %1$d) i;
      INSERT INTO message.peer_mark (user_id, conversation_id, changed_xid)
      SELECT 'u' || i %% 3000, message.c(i), 1 FROM generate_series(1, %1$d) i;
      SELECT gin_clean_pending_list('message.search_tokens');
      ANALYZE
      """
          .formatted(CONVERSATIONS, LENGTH);

  private final PgStores stores;

  LargeDatabase(PgStores stores) {
    this.stores = stores;
    stores.execute(FILL);
  }

  /** What has been read since the database was made: by scans of a table, and in indexes. */
  record Reads(List<Long> scansOfTables, long rows) {}

  /** Postgres has counted what a connection read when that has ended. */
  Reads reads() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                stores.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()")
                    == 0);
    List<Long> scans = new ArrayList<>();
    for (String table : TABLES) {
      scans.add(
          stores.number(
              "SELECT seq_scan FROM pg_stat_user_tables WHERE schemaname = 'message'"
                  + " AND relname = '%s'".formatted(table)));
    }
    return new Reads(
        scans,
        stores.number(
            "SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables)"
                + " + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)"));
  }

  /**
   * How the plans of new connections are made.
   *
   * @param mode of {@code plan_cache_mode}: with the values that are asked for, or for any
   */
  void planFor(String mode) {
    stores.execute(
        """
        DO $$ BEGIN
          EXECUTE format('ALTER DATABASE %%I SET plan_cache_mode = %s', current_database());
        END $$
        """
            .formatted(mode));
  }

  static UUID longOne() {
    return conversation(10);
  }

  /** One that alice is in, if the number can be divided by ten. */
  static UUID conversation(int number) {
    return UUID.fromString("00000000-0000-0000-0000-%012d".formatted(number));
  }
}
