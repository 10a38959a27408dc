package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice has said "sesame" wherever one can say something. */
@DisplayName("A user who takes everything along, from Postgres")
class PgExportIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private Traces alice;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    alice = new Traces(here, behind);
  }

  @AfterEach
  void stop() {
    here.close();
  }

  @Test
  @DisplayName("gets each line once, in pages of any size, and nothing any more after an erasure")
  void export() {
    alice.everywhere();
    List<String> before = alice.export(3);
    assertThat(before)
        .filteredOn(line -> line.contains("sesame"))
        .extracting(line -> line.substring(9, line.indexOf('"', 10)))
        .contains("entry", "scheduled", "joinRequest", "membership");
    assertThat(before).filteredOn(line -> line.contains("thyme")).isEmpty();
    assertThat(alice.export(200))
        .containsExactlyInAnyOrderElementsOf(before)
        .doesNotHaveDuplicates();
    here.erase("alice");
    assertThat(alice.export(200)).filteredOn(line -> line.contains("sesame")).isEmpty();
  }

  @Test
  @DisplayName("gets first versions and edits, and retained values whose entries are gone")
  void versions() {
    alice.everywhere();
    behind.execute(
        "DELETE FROM message.entry WHERE type = 40 AND conversation_id = '" + alice.trip + "'");
    List<String> lines = alice.export(200);
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("sesame first", "\"edits\":1"));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("edit", "sesame second"));
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("{\"kind\":\"retained\"").contains("lamp"));
  }

  @Test
  @DisplayName("gets nothing with a cursor that is none, and is told so")
  void wrongCursor() {
    assertThat(Given.refusal(alice.page("nonsense", 3))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(Given.refusal(alice.page("", 201))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
