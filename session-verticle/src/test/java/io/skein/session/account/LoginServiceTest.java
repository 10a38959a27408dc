package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static io.skein.session.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.session.TestClock;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenIssuer;
import io.skein.session.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LoginServiceTest {
  private static final CallerInfo CALLER =
      CallerInfo.newBuilder().setRemoteAddress("203.0.113.7").build();
  private static final TokenConfig TOKENS =
      TokenConfig.of(TokenKey.ofSecret("k", "0123456789abcdef0123456789abcdef"));

  private final TestClock clock = new TestClock();
  private final MemoryAccounts accounts = new MemoryAccounts();
  private final MemoryLines lines = new MemoryLines();
  private final List<String> stolen = new ArrayList<>();
  private LoginService logins;

  @BeforeEach
  void build(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, new PasswordConfig(64, 1, 2, 64));
    logins =
        new LoginService(
            accounts,
            lines,
            passwords,
            new AttemptLimits(new LimitConfig(3, 10, 100), new TestTime(clock)),
            new TokenIssuer(TOKENS, clock),
            (userId, deviceId) -> {
              stolen.add(userId + "/" + deviceId);
              return Future.succeededFuture();
            },
            Duration.ofDays(30),
            clock);
    String hash = await(passwords.hash("correct horse"));
    await(accounts.create(new NewAccount("alice", "Alice", Optional.of(hash), false)));
    await(accounts.create(new NewAccount("backend made", "", Optional.empty(), false)));
  }

  @Test
  @DisplayName("The right password gets tokens that say when they expire")
  void login() {
    LoginReply reply = login("alice", "correct horse");

    assertThat(reply.getUserId()).isEqualTo("alice");
    assertThat(reply.getToken().split("\\.")).hasSize(3);
    assertThat(reply.getTokenExpiresAt().getSeconds())
        .isEqualTo(clock.instant().plus(TOKENS.accessTtl()).getEpochSecond());
    assertThat(reply.getRefreshToken()).hasSize(64);
  }

  @Test
  @DisplayName("A wrong password, an unknown user and one without a password are told the same")
  void sameAnswer() {
    SkeinException wrong = refused(() -> logins.login(request("alice", "wrong horse"), CALLER));
    SkeinException unknown = refused(() -> logins.login(request("nobody", "wrong horse"), CALLER));
    SkeinException without =
        refused(() -> logins.login(request("backend made", "wrong horse"), CALLER));

    assertThat(wrong.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(unknown.toError()).isEqualTo(wrong.toError());
    assertThat(without.toError()).isEqualTo(wrong.toError());
  }

  @Test
  @DisplayName("A banned user is told so, but only with the right password")
  void banned() {
    accounts.ban("alice");

    assertThat(refusal(() -> logins.login(request("alice", "correct horse"), CALLER)))
        .isEqualTo(ErrorCode.BANNED);
    assertThat(refusal(() -> logins.login(request("alice", "wrong horse"), CALLER)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("Failed logins into one account are limited, whatever their addresses; time heals")
  void accountLimit() {
    for (int i = 0; i < 3; i++) {
      refusal(() -> logins.login(request("alice", "wrong horse"), CallerInfo.getDefaultInstance()));
    }

    SkeinException refused = refused(() -> logins.login(request("alice", "correct horse"), CALLER));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refused.toError().getRetryAfterMs()).isBetween(19_000, 20_000);

    clock.advance(Duration.ofSeconds(20));
    assertThat(login("alice", "correct horse").getUserId()).isEqualTo("alice");
  }

  @Test
  @DisplayName("Failed logins from one address are limited, whatever the accounts")
  void addressLimit() {
    for (int i = 0; i < 10; i++) {
      String userId = "user" + i;
      assertThat(refusal(() -> logins.login(request(userId, "wrong horse"), CALLER)))
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    assertThat(refusal(() -> logins.login(request("alice", "correct horse"), CALLER)))
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  @DisplayName("Logins that succeed do not count")
  void successIsFree() {
    for (int i = 0; i < 30; i++) {
      login("alice", "correct horse");
    }
  }

  @Test
  @DisplayName("A refresh token trades for new tokens, again and again")
  void refresh() {
    String token = login("alice", "correct horse").getRefreshToken();

    for (int i = 0; i < 5; i++) {
      LoginReply next = await(refresh(token));
      assertThat(next.getUserId()).isEqualTo("alice");
      assertThat(next.getRefreshToken()).isNotEqualTo(token);
      token = next.getRefreshToken();
    }
    assertThat(stolen).isEmpty();
  }

  @Test
  @DisplayName("A refresh token used twice ends the line, also for the one who has the newest")
  void reuse() {
    String first = login("alice", "correct horse").getRefreshToken();
    String second = await(refresh(first)).getRefreshToken();

    assertThat(refusal(() -> refresh(first))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(stolen).containsExactly("alice/phone");
    assertThat(refusal(() -> refresh(second))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("Another login of the same user is not touched by that")
  void otherLine() {
    String stolenOne = login("alice", "correct horse").getRefreshToken();
    String other = login("alice", "correct horse").getRefreshToken();
    await(refresh(stolenOne));
    refusal(() -> refresh(stolenOne));

    assertThat(await(refresh(other)).getUserId()).isEqualTo("alice");
  }

  @Test
  @DisplayName("A refresh token that lay unused for too long is not good, and that is no theft")
  void expired() {
    String token = login("alice", "correct horse").getRefreshToken();
    clock.advance(Duration.ofDays(30));

    assertThat(refusal(() -> refresh(token))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(stolen).isEmpty();
  }

  @Test
  @DisplayName("What is no refresh token is refused")
  void noise() {
    for (String noise : List.of("", "x", "!", "A".repeat(64), "A".repeat(6400))) {
      assertThat(refusal(() -> refresh(noise))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }

  private LoginReply login(String userId, String password) {
    return await(logins.login(request(userId, password), CALLER));
  }

  private Future<LoginReply> refresh(String token) {
    return logins.refresh(RefreshRequest.newBuilder().setRefreshToken(token).build(), CALLER);
  }

  private static LoginRequest request(String userId, String password) {
    return LoginRequest.newBuilder()
        .setUserId(userId)
        .setPassword(password)
        .setDeviceId("phone")
        .build();
  }
}
