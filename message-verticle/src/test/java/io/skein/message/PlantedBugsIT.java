package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.program.Program;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** Programs are only worth something if they find what is wrong. */
@Label("Random programs find a bug that has been planted in the database")
class PlantedBugsIT {
  private static final int PROGRAMS = 1000;

  /** What is done to a database before the service is started. */
  enum Bug {
    OWN_MESSAGES_COUNTED(
        instead(
            "append_v3",
            "set own_count = m.own_count + s.sent",
            "set own_count = m.own_count + 0 * s.sent")),

    READ_MARK_MOVES_BACK(
        instead("read_v1", "if target > r.read_seq then", "if target <> r.read_seq then")),

    EDIT_APPLIED_TWICE(
        instead(
            "append_v3",
            "seq[r.item] := r.first_seq;",
            """
            seq[r.item] := r.first_seq;
            if r.same and r.type = 30 then
                perform message.change_v1(
                    p_conversations[r.slot], kind[r.slot], r.type, new_seq[r.slot], times[r.slot],
                    p_sender[r.item], r.role, r.joined_seq, p_target[r.item], p_key[r.item],
                    p_removed[r.item], p_new_type[r.item], p_new_body[r.item],
                    p_edit_seconds, p_recall_seconds, p_max_pins, p_max_keys);
            end if;
            """)),

    /** The cursor of a sync stands behind transactions that are still open. */
    LATE_COMMIT_SKIPPED(
        """
        CREATE SCHEMA planted;
        CREATE FUNCTION planted.pg_snapshot_xmin(s pg_snapshot) RETURNS xid8
          LANGUAGE sql AS 'SELECT pg_snapshot_xmax(s)';
        DO $do$ BEGIN
          EXECUTE format('ALTER DATABASE %I SET search_path = planted, pg_catalog, public',
                         current_database());
        END $do$;
        """),

    RETRY_OF_REMOVED_MEMBER_REFUSED(
        instead(
            "append_v3",
            "if r.first_seq is not null then",
            "if r.first_seq is not null and r.member then"));

    private final String sql;

    Bug(String sql) {
      this.sql = sql;
    }

    /** Changes the text of a function; fails if it does not have this text exactly once. */
    private static String instead(String function, String text, String other) {
      return """
          DO $do$
          DECLARE
            source text := pg_get_functiondef('message.%s'::regproc);
            changed text := replace(source, $text$%s$text$, $other$%s$other$);
          BEGIN
            ASSERT length(source) - length(replace(source, $text$%2$s$text$, ''))
                   = length($text$%2$s$text$), 'this text is not there once';
            EXECUTE changed;
          END $do$
          """
          .formatted(function, text, other);
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void isFound(@ForAll Bug bug) {
    try (ProgramService service = new ProgramService(bug.sql)) {
      OptionalLong found =
          LongStream.range(0, PROGRAMS).filter(seed -> Program.of(seed).fails(service)).findFirst();
      assertThat(found).as(bug + " in the first " + PROGRAMS + " programs").isPresent();
    }
  }
}
