package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PasswordHasherTest {
  private static final PasswordConfig QUICK = new PasswordConfig(64, 1, 1, 4);

  /** Slow enough that none is done before the last of a burst is asked. */
  private static final PasswordConfig SLOW = new PasswordConfig(19 * 1024, 2, 1, 1);

  @Test
  @DisplayName("By default the hash is Argon2id with 19 MiB and two passes, and salted")
  void parameters(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, PasswordConfig.DEFAULT);

    String one = await(passwords.hash("correct horse"));
    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(await(passwords.hash("correct horse"))).isNotEqualTo(one);
  }

  @Test
  @DisplayName("A password matches its own hash only, and no missing one")
  void verify(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, QUICK);
    Optional<String> hash = Optional.of(await(passwords.hash("密码 with 😀")));

    assertThat(await(passwords.verify("密码 with 😀", hash))).isTrue();
    assertThat(await(passwords.verify("密码 with 😁", hash))).isFalse();
    assertThat(await(passwords.verify("密码 with 😀", Optional.empty()))).isFalse();
  }

  @Test
  @DisplayName(
      "A hash of other parameters, from before a change of the configuration, still verifies")
  void olderParameters(Vertx vertx) {
    String old = await(new PasswordHasher(vertx, QUICK).hash("correct horse"));
    PasswordHasher passwords = new PasswordHasher(vertx, new PasswordConfig(128, 2, 1, 4));

    assertThat(await(passwords.verify("correct horse", Optional.of(old)))).isTrue();
  }

  @Test
  @DisplayName("An unknown user costs a hash as a known one does")
  void decoy(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, SLOW);
    await(passwords.hash("warm"));
    List<Future<Boolean>> unknown = new ArrayList<>();
    onContext(
        vertx,
        () -> {
          for (int i = 0; i < 3; i++) {
            unknown.add(passwords.verify("x", Optional.empty()));
          }
        });

    // One is computed, one waits, and the third finds the queue full: all three wanted a worker.
    assertThat(await(unknown.get(0))).isFalse();
    assertThat(refusal(() -> unknown.get(2))).isEqualTo(ErrorCode.OVERLOADED);
  }

  @Test
  @DisplayName("More than may wait are refused as overloaded; the others are served")
  void bounded(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, SLOW);
    await(passwords.hash("warm"));
    List<Future<String>> hashes = new ArrayList<>();
    onContext(
        vertx,
        () -> {
          for (int i = 0; i < 3; i++) {
            hashes.add(passwords.hash("correct horse"));
          }
        });

    assertThat(refusal(() -> hashes.get(2))).isEqualTo(ErrorCode.OVERLOADED);
    for (Future<String> hash : hashes.subList(0, 2)) {
      assertThat(await(hash)).startsWith("$argon2id$");
    }
    assertThat(await(passwords.hash("again"))).startsWith("$argon2id$");
  }

  private static void onContext(Vertx vertx, Runnable work) {
    Context context = vertx.getOrCreateContext();
    await(
        Future.future(
            done ->
                context.runOnContext(
                    now -> {
                      work.run();
                      done.complete();
                    })));
  }
}
