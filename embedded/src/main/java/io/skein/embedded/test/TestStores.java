package io.skein.embedded.test;

import io.skein.embedded.DataFolder;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.PostgresServer;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.RedisServer;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The two servers that all tests of this JVM share. Started when first asked for. */
final class TestStores {
  static final Consumer<String> PROGRESS = LoggerFactory.getLogger(TestStores.class)::info;

  private static final DataFolder DATA = TestFolders.create();
  private static PostgresAddress postgres;
  private static RedisAddress redis;

  private TestStores() {}

  static synchronized PostgresAddress postgres() {
    if (postgres == null) {
      postgres = new PostgresServer(DATA, 0, PROGRESS).start();
    }
    return postgres;
  }

  static synchronized RedisAddress redis() {
    if (redis == null) {
      redis = new RedisServer(DATA, 0, PROGRESS).start();
    }
    return redis;
  }
}
