package io.skein.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The Postgres and the Redis of one data folder, started and stopped together: what dev mode uses.
 */
public final class EmbeddedStores implements AutoCloseable {
  private final DataFolder data;
  private final PostgresServer postgresServer;
  private final RedisServer redisServer;
  private PostgresAddress postgres;
  private RedisAddress redis;

  private EmbeddedStores(DataFolder data, Consumer<String> progress) {
    this.data = data;
    this.postgresServer = new PostgresServer(data, 0, progress);
    this.redisServer = new RedisServer(data, 0, progress);
  }

  /**
   * Locks the folder and starts both servers on free ports of loopback, after ending what a killed
   * run left behind. Takes about a second; some more when programs or database have to be made.
   *
   * @param progress gets a line for a person whenever something takes time
   * @throws EmbeddedStoreException if the folder is in use or a server cannot be started
   */
  public static EmbeddedStores start(Path folder, Consumer<String> progress) {
    var stores = new EmbeddedStores(DataFolder.open(folder), progress);
    try {
      stores.postgres = stores.postgresServer.start();
      stores.redis = stores.redisServer.start();
      return stores;
    } catch (RuntimeException e) {
      try {
        stores.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  public PostgresAddress postgres() {
    return postgres;
  }

  public RedisAddress redis() {
    return redis;
  }

  /** Stops both in order and unlocks the folder; its data stays. */
  @Override
  public void close() {
    try (data;
        postgresServer;
        redisServer) {
      // Closed from the last to the first, each even if another fails.
    }
  }
}
