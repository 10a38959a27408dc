package io.skein.session;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.OwnStores;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.LoginReply;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Postgres or Redis go away under a running verticle, and come back. */
@ExtendWith(VertxExtension.class)
class StoreLossIT {
  private final OwnStores stores = new OwnStores();
  private SessionFixture fixture;
  private LoginReply login;

  @BeforeEach
  void deploy(Vertx vertx) {
    PostgresAddress postgres = stores.postgres().start();
    TestPostgres.migrate(postgres, "session");
    fixture =
        new SessionFixture(
            vertx,
            SessionFixture.CONFIG,
            Stores.postgres(vertx, postgres),
            Stores.redis(vertx, stores.redis().start()));
    fixture.register("alice");
    login = fixture.login("alice", "phone");
    await(fixture.connect(login.getToken(), "phone", fixture.first));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  @DisplayName(
      "Without Redis nobody connects and the connected are reached; with it all is well again")
  void redis() {
    LoginReply laptop = fixture.login("alice", "laptop");
    String tokenId = await(fixture.verify(laptop.getToken())).getTokenId();
    stores.redis().stop();

    assertThat(refusal(() -> fixture.open("alice", "laptop", fixture.second, tokenId)))
        .isIn(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
    assertThat(refusal(() -> fixture.deliver("nobody", 1)))
        .isIn(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
    await(fixture.deliver("alice", 1));
    assertThat(fixture.first.pushed).hasSize(1);

    stores.redis().start();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () ->
                await(fixture.connect(laptop.getToken(), "laptop", fixture.second)).getEpoch() > 0);
    await(fixture.deliver("alice", 2));
    assertThat(fixture.second.pushed).isNotEmpty();
  }

  @Test
  @DisplayName(
      "Without Postgres nobody logs in and the connected are reached; with it all is well again")
  void postgres() {
    stores.postgres().stop();

    assertThat(refusal(() -> fixture.verify(login.getToken())))
        .isIn(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
    await(fixture.deliver("alice", 1));
    assertThat(fixture.first.pushed).hasSize(1);

    stores.postgres().start();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> await(fixture.verify(login.getToken())).getExpiresInMs() > 0);
    assertThat(fixture.login("alice", "phone").getUserId()).isEqualTo("alice");
  }
}
