package io.skein.message;

import io.skein.embedded.DataFolder;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.PostgresServer;
import io.skein.embedded.test.TestPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A large database that outlives the test, whose server writes the plan of each statement down. */
final class ExplainedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExplainedDatabase.class);

  private static final String IS_FILLED =
      "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
          + " WHERE n.nspname = 'message' AND p.proname = 'c'";

  private static final String CLIENTS =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

  /** Up to the next line that begins with a time. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "duration: ([0-9.]+) ms  plan:\n\tQuery Text: (.*?)\n\t(\\S[^\n]*\\(cost=.*?)(?=\n\\d{4}-|\\z)",
          Pattern.DOTALL);

  private final DataFolder folder;
  private final PostgresServer server;
  private final Vertx vertx = Vertx.vertx();
  private final PgStores stores;

  /**
   * A statement that was run.
   *
   * @param plan with what it really did, if that was asked for
   */
  record Statement(double millis, String query, String plan) {}

  private ExplainedDatabase(Path path) {
    folder = DataFolder.open(path);
    server = new PostgresServer(folder, 0, LOG::info);
    stores = new PgStores(vertx, server.start());
  }

  /**
   * Opens the database of a folder, or makes it.
   *
   * @param script SQL that fills it, a resource
   */
  static ExplainedDatabase in(Path folder, String script) {
    ExplainedDatabase database = new ExplainedDatabase(folder);
    TestPostgres.migrate(database.address(), "message");
    if (database.stores.number(IS_FILLED) == 0) {
      LOG.info("filling the database, which takes some minutes");
      database.stores.execute(read(script));
    }
    database.vacuum();
    return database;
  }

  private static String read(String script) {
    try (InputStream in = ExplainedDatabase.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(script, e);
    }
  }

  /** After inserts, and after what earlier runs changed. Not possible in a transaction. */
  private void vacuum() {
    try (Connection connection =
            DriverManager.getConnection(address().jdbcUrl(), address().jdbcProperties());
        var statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  PostgresAddress address() {
    return stores.address();
  }

  /**
   * From the next connection on.
   *
   * @param analyze also what the parts of a plan really did, and the statements within functions
   */
  void explain(boolean analyze) {
    set("session_preload_libraries", "auto_explain");
    set("auto_explain.log_min_duration", "0");
    set("auto_explain.log_parameter_max_length", "0");
    set("auto_explain.log_analyze", analyze ? "on" : "off");
    set("auto_explain.log_buffers", analyze ? "on" : "off");
    set("auto_explain.log_nested_statements", analyze ? "on" : "off");
  }

  private void set(String name, String value) {
    stores.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I SET %s = ''%s''', current_database()); END $$"
            .formatted(name, value));
  }

  /** The statements of work that ends its connections, in the order in which they ended. */
  List<Statement> statements(Runnable work) {
    Path log = folder.path().resolve("postgres.log");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(file.length());
      work.run();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stores.number(CLIENTS) == 0);
      byte[] written = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(written);
      return STATEMENT
          .matcher(new String(written, StandardCharsets.UTF_8))
          .results()
          .map(
              found ->
                  new Statement(
                      Double.parseDouble(found.group(1)),
                      found.group(2).strip(),
                      found.group(3).replace("\n\t", "\n").strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(log.toString(), e);
    }
  }

  @Override
  public void close() {
    Given.get(vertx.close());
    server.close();
    folder.close();
  }
}
