package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.session.Stores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, StoresExtension.class})
class PgAccountStoreIT {
  private PgAccountStore accounts;

  @BeforeEach
  void connect(Vertx vertx, @Migrated("session") PostgresAddress address) {
    accounts = new PgAccountStore(Stores.postgres(vertx, address));
  }

  @Test
  @DisplayName("Of several that register the same id at once, one succeeds")
  void race() {
    List<Future<Boolean>> attempts =
        IntStream.range(0, 8)
            .mapToObj(
                i -> accounts.create(new NewAccount("alice", "A" + i, Optional.empty(), false)))
            .toList();

    await(Future.join(attempts));
    assertThat(attempts).filteredOn(Future::result).hasSize(1);
  }

  @Test
  @DisplayName("Credentials, profiles and existence are of the account that was made")
  void read() {
    await(accounts.create(new NewAccount("alice", "Alice 🦢", Optional.of("$hash$"), true)));
    await(accounts.create(NewAccount.external("用户 😀")));

    assertThat(await(accounts.credentials("alice")))
        .contains(new Credentials(Optional.of("$hash$"), false));
    assertThat(await(accounts.credentials("用户 😀")))
        .contains(new Credentials(Optional.empty(), false));
    assertThat(await(accounts.credentials("Alice"))).isEmpty();
    assertThat(await(accounts.profiles(List.of("alice", "nobody"))))
        .singleElement()
        .extracting("displayName", "bot")
        .containsExactly("Alice 🦢", true);
    assertThat(await(accounts.existing(List.of("用户 😀", "nobody", "alice", "alice"))))
        .containsExactlyInAnyOrder("用户 😀", "alice");
  }

  @Test
  @DisplayName("64 characters beyond the basic plane fit")
  void longest() {
    assertThat(await(accounts.create(NewAccount.external("😀".repeat(64))))).isTrue();
  }
}
