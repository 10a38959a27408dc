package io.skein.session.directory;

import static io.skein.session.Outcomes.await;

import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.store.RedisStore;
import io.skein.session.Stores;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, StoresExtension.class})
class RedisDirectoryStoreIT extends DirectoryStoreContract {
  private RedisStore redis;

  @BeforeEach
  void connect(Vertx vertx, RedisAddress address) {
    redis = Stores.redis(vertx, address);
  }

  @Override
  DirectoryStore store() {
    return new RedisDirectoryStore(redis);
  }

  @Override
  void loseMemory() {
    await(redis.send(Request.cmd(Command.FLUSHDB)));
  }
}
