package io.skein.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A real Redis 6.2 with an append-only file in the {@code redis} folder of a data folder. It can be
 * stopped or killed and started again, on the same port, as often as wanted.
 */
public final class RedisServer implements AutoCloseable {
  /** How many logical databases it has. */
  public static final int DATABASES = 512;

  private static final String NAME = "Redis";
  private static final String HOST = "127.0.0.1";
  private static final String PROGRAM = "redis-server";

  private final DataFolder data;
  private final Path folder;
  private final ServerPort port;
  private final Consumer<String> progress;
  private final ServerProgram program;

  /**
   * @param data stays open as long as this server is used
   * @param port 0 for a free one, chosen at the first start and then kept
   * @param progress gets a line for a person whenever something takes time
   */
  public RedisServer(DataFolder data, int port, Consumer<String> progress) {
    this.data = data;
    this.folder = data.resolve("redis");
    this.port = new ServerPort(NAME, port);
    this.progress = progress;
    this.program =
        new ServerProgram(
            NAME, folder, Set.of(PROGRAM), "TERM", data.resolve("redis.log"), progress);
  }

  /**
   * Starts it and waits until it has loaded its data; ends one that an earlier run left behind.
   *
   * @throws EmbeddedStoreException if it cannot be started; the message says what to do
   */
  public synchronized RedisAddress start() {
    try {
      program.endOrphans();
      Path binary =
          BinaryCache.ofThisUser(progress)
              .provide(
                  NAME,
                  Platform.here().redis(),
                  (packed, target) -> {
                    Files.copy(packed, target.resolve(PROGRAM));
                    Archive.makeExecutable(target.resolve(PROGRAM));
                  })
              .resolve(PROGRAM);
      Files.createDirectories(folder);
      Folders.makePrivate(folder);
      String password = data.secret("redis.password");
      int port =
          this.port.open(
              candidate -> {
                Path configuration = folder.resolve("redis.conf");
                Files.writeString(configuration, configuration(candidate, password));
                var address = new RedisAddress(HOST, candidate, password, 0);
                program.start(
                    List.of(binary.toString(), configuration.toString()), () -> isReady(address));
              });
      return new RedisAddress(HOST, port, password, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Redis in " + folder, e);
    }
  }

  /** A file, because a password among the arguments would show in every process list. */
  private static String configuration(int port, String password) {
    return """
        # Written at each start.
        bind %s
        port %d
        requirepass %s
        databases %d
        dir ./
        pidfile ./redis.pid
        appendonly yes
        appendfsync everysec
        save ""
        tcp-backlog 128
        """
        .formatted(HOST, port, password, DATABASES);
  }

  private static boolean isReady(RedisAddress address) {
    try (var connection = new RedisConnection(address)) {
      return connection.call("PING").equals("+PONG");
    } catch (IOException e) {
      return false; // not listening yet, or still loading
    }
  }

  /** Whether its process is alive. */
  public boolean isRunning() {
    return program.isRunning();
  }

  /** Stops it in order, its data flushed; does nothing if it is not running. */
  public synchronized void stop() {
    try {
      program.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis in " + folder, e);
    }
  }

  /** Kills it as {@code kill -9} would; the writes of up to a second may be lost. */
  public synchronized void kill() {
    program.kill();
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
