package io.skein.node.run;

import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.node.config.Settings;
import io.skein.node.health.Health;
import io.skein.node.stores.StoreConfigs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The pools of this process to the stores; the verticles share them and never close them. */
record Pools(Postgres postgres, RedisStore redis) {
  private static final Duration CLOSE_TIME_OUT = Duration.ofSeconds(5);

  static Pools open(Vertx vertx, Settings settings, Health health) {
    var pools =
        new Pools(
            new Postgres(vertx, StoreConfigs.postgres(settings.postgres())),
            new RedisStore(vertx, StoreConfigs.redis(settings.redis())));
    health.check("postgres", pools.postgres::ping);
    health.check("redis", pools.redis::ping);
    return pools;
  }

  void close() {
    Blocking.await(
        "Closing the pools", Future.join(postgres.close(), redis.close()), CLOSE_TIME_OUT);
  }
}
