package io.skein.session.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes and checks passwords off the event loop. Thread-safe. */
public final class PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final WorkerExecutor workers;
  private final Argon2Function argon2;
  private final int maxUnderWay;
  private final Future<String> decoy;
  private final AtomicInteger underWay = new AtomicInteger();

  public PasswordHasher(Vertx vertx, PasswordConfig config) {
    this.workers = vertx.createSharedWorkerExecutor("skein-passwords", config.workers());
    this.argon2 =
        Argon2Function.getInstance(config.memoryKib(), config.passes(), 1, HASH_BYTES, Argon2.ID);
    this.maxUnderWay = config.workers() + config.maxWaiting();
    this.decoy = hash(UUID.randomUUID().toString());
  }

  /** The encoded hash, with salt and parameters. Fails with OVERLOADED. */
  Future<String> hash(String password) {
    return work(() -> Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult());
  }

  /**
   * Whether the password has this hash. Without a hash the answer is no, after the same time:
   * nobody learns by it which users exist. Fails with OVERLOADED.
   */
  Future<Boolean> verify(String password, Optional<String> hash) {
    return hash.map(Future::succeededFuture)
        .orElse(decoy)
        .compose(known -> work(() -> matches(password, known)))
        .map(matches -> matches && hash.isPresent());
  }

  public Future<Void> close() {
    return workers.close();
  }

  private static boolean matches(String password, String hash) {
    return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
  }

  private <T> Future<T> work(Callable<T> hashing) {
    if (underWay.incrementAndGet() > maxUnderWay) {
      underWay.decrementAndGet();
      return Future.failedFuture(
          new SkeinException(ErrorCode.OVERLOADED, "too many logins at once: try again"));
    }
    return workers.executeBlocking(hashing, false).onComplete(done -> underWay.decrementAndGet());
  }
}
