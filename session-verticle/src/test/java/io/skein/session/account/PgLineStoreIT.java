package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.store.Postgres;
import io.skein.session.Stores;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, StoresExtension.class})
class PgLineStoreIT extends LineStoreContract {
  private Postgres postgres;
  private PgLineStore lines;

  @BeforeEach
  void connect(Vertx vertx, @Migrated("session") PostgresAddress address) {
    postgres = Stores.postgres(vertx, address);
    lines = new PgLineStore(postgres);
    PgAccountStore accounts = new PgAccountStore(postgres);
    await(accounts.create(NewAccount.external("alice")));
    await(accounts.create(NewAccount.external("bob")));
  }

  @Override
  LineStore lines() {
    return lines;
  }

  @Test
  @DisplayName("A user's lines are bounded: the longest unused go first, others' stay")
  void bounded() {
    Instant later = Instant.now().plus(Duration.ofDays(1));
    RefreshToken bobs = RefreshToken.next(UUID.randomUUID());
    await(lines.begin(bobs, new LineStore.Owner("bob", ""), later));
    RefreshToken oldest = RefreshToken.next(UUID.randomUUID());
    await(lines.begin(oldest, new LineStore.Owner("alice", ""), later));
    RefreshToken newest = oldest;
    for (int i = 0; i < 100; i++) {
      newest = RefreshToken.next(UUID.randomUUID());
      await(lines.begin(newest, new LineStore.Owner("alice", ""), later));
    }

    assertThat(count()).isEqualTo(101);
    assertThat(await(lines.end(oldest.line(), Instant.now()))).isEmpty();
    assertThat(await(lines.end(newest.line(), Instant.now()))).isPresent();
  }

  @Test
  @DisplayName("The database knows no secret")
  void hashed() {
    RefreshToken token = RefreshToken.next(UUID.randomUUID());
    await(lines.begin(token, new LineStore.Owner("alice", ""), Instant.now().plusSeconds(60)));

    byte[] stored =
        await(
            postgres.with(
                connection ->
                    connection
                        .query("SELECT secret_hash FROM session.token_line")
                        .execute()
                        .map(rows -> rows.iterator().next().getBuffer(0).getBytes())));
    assertThat(stored).isEqualTo(token.secretHash()).isNotEqualTo(token.secret());
  }

  private long count() {
    return await(
        postgres.with(
            connection ->
                connection
                    .query("SELECT count(*) FROM session.token_line")
                    .execute()
                    .map(rows -> rows.iterator().next().getLong(0))));
  }
}
