package io.skein.embedded.test;

import io.skein.embedded.RedisAddress;
import io.skein.embedded.RedisConnection;
import io.skein.embedded.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logical databases on the Redis that the tests of this JVM share. Keys are apart; publish and
 * subscribe are not, as Redis knows no databases there.
 */
public final class TestRedis {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestRedis() {}

  /** The next logical database, emptied. */
  public static RedisAddress database() {
    RedisAddress address =
        TestStores.redis().withDatabase(NUMBER.getAndIncrement() % RedisServer.DATABASES);
    try (var connection = new RedisConnection(address)) {
      connection.call("FLUSHDB");
      return address;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
