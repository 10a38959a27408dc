package io.skein.embedded.test;

import io.skein.embedded.DataFolder;
import io.skein.embedded.PostgresServer;
import io.skein.embedded.RedisServer;

/**
 * A Postgres and a Redis of a test's own, to be stopped, killed and started again under whatever
 * uses them. Neither is started yet; both are gone, data and all, when this is closed.
 */
public final class OwnStores implements AutoCloseable {
  private final DataFolder data = TestFolders.create();
  private final PostgresServer postgres = new PostgresServer(data, 0, TestStores.PROGRESS);
  private final RedisServer redis = new RedisServer(data, 0, TestStores.PROGRESS);

  public PostgresServer postgres() {
    return postgres;
  }

  public RedisServer redis() {
    return redis;
  }

  @Override
  public void close() {
    TestFolders.discard(data);
  }
}
