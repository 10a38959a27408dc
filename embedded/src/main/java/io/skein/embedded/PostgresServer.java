package io.skein.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A real Postgres 17 in the {@code postgres} folder of a data folder, with one database. It can be
 * stopped or killed and started again, on the same port, as often as wanted.
 *
 * <p>Commits are durable ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes}
 * are on), so what a test or dev mode sees is what production does.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String NAME = "Postgres";
  private static final String USER = "skein";
  private static final String DATABASE = "skein";
  private static final String HOST = "127.0.0.1";
  private static final String FOLDER = "postgres";
  private static final String PASSWORD = "postgres.password";
  private static final String PID_FILE = "postmaster.pid";
  private static final int PORT_LINE = 3; // of postmaster.pid, see Postgres' pidfile.h
  private static final int READY_LINE = 7;
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("listen_addresses", HOST),
              Map.entry("unix_socket_directories", ""),
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("shared_buffers", "128MB"),
              Map.entry("max_connections", "200"),
              Map.entry("max_wal_size", "2GB"),
              Map.entry("checkpoint_timeout", "15min"),
              Map.entry("log_checkpoints", "off"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC")));

  private final DataFolder data;
  private final Path folder;
  private final ServerPort port;
  private final Unprivileged.Choice privileges;
  private final Consumer<String> progress;
  private final ServerProgram program;

  /**
   * @param data stays open as long as this server is used
   * @param port 0 for a free one, chosen at the first start and then kept
   * @param progress gets a line for a person whenever something takes time
   */
  public PostgresServer(DataFolder data, int port, Consumer<String> progress) {
    this(data, port, progress, Unprivileged::here);
  }

  PostgresServer(
      DataFolder data, int port, Consumer<String> progress, Unprivileged.Choice privileges) {
    this.data = data;
    this.privileges = privileges;
    this.folder = data.resolve(FOLDER);
    this.port = new ServerPort(NAME, port);
    this.progress = progress;
    this.program =
        new ServerProgram(
            NAME, folder, PostgresCluster.PROGRAMS, "INT", data.resolve("postgres.log"), progress);
  }

  /**
   * Starts it and waits until it takes connections; ends one that an earlier run left behind.
   *
   * @throws EmbeddedStoreException if it cannot be started; the message says what to do
   */
  public synchronized PostgresAddress start() {
    try {
      program.endOrphans();
      Path programs =
          BinaryCache.ofThisUser(progress)
              .provide("Postgres", Platform.here().postgres(), Archive::unpack)
              .resolve("bin");
      Unprivileged unprivileged = privileges.choose();
      unprivileged.reach(programs);
      String password = data.secret(PASSWORD);
      new PostgresCluster(folder, programs, unprivileged, progress)
          .prepare(USER, password, DATABASE);
      int port =
          this.port.open(
              candidate -> {
                // Nobody runs in this folder any more. A file of a dead server would keep the new
                // one from starting if its process id is by now somebody else's.
                Files.deleteIfExists(pidFile());
                program.start(
                    unprivileged.wrap(command(programs.resolve("postgres"), candidate)),
                    this::isReady);
              });
      return new PostgresAddress(HOST, port, DATABASE, USER, password);
    } catch (IOException e) {
      throw new UncheckedIOException("Postgres in " + folder, e);
    }
  }

  private List<String> command(Path postgres, int port) {
    var words = new ArrayList<>(List.of(postgres.toString(), "-D", folder.toString()));
    SETTINGS.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
    words.addAll(List.of("-c", "port=" + port));
    return words;
  }

  private boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(pidFile());
      return lines.size() > READY_LINE && lines.get(READY_LINE).strip().equals("ready");
    } catch (IOException e) {
      return false; // not written yet
    }
  }

  private Path pidFile() {
    return folder.resolve(PID_FILE);
  }

  /** Where the server of another process is that runs in this data folder; empty: nowhere. */
  static Optional<PostgresAddress> find(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve(FOLDER).resolve(PID_FILE));
      String password = Files.readString(data.resolve(PASSWORD)).strip();
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return Optional.of(new PostgresAddress(HOST, port, DATABASE, USER, password));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty(); // not there, not for us, or being written
    }
  }

  /** Whether any of its processes is alive. */
  public boolean isRunning() {
    return program.isRunning();
  }

  /** Stops it in order, disconnecting clients; does nothing if it is not running. */
  public synchronized void stop() {
    try {
      program.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("Postgres in " + folder, e);
    }
  }

  /** Kills it as {@code kill -9} would; what was committed is there after the next start. */
  public synchronized void kill() {
    program.kill();
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
