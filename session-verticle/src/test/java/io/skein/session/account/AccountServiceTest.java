package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static io.skein.session.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.RegisterRequest;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class AccountServiceTest {
  private static final CallerInfo ANYBODY =
      CallerInfo.newBuilder().setRemoteAddress("203.0.113.7").build();

  private final MemoryAccounts accounts = new MemoryAccounts();
  private AccountService open;
  private AccountService closed;

  @BeforeEach
  void build(Vertx vertx) {
    PasswordHasher passwords = new PasswordHasher(vertx, new PasswordConfig(64, 1, 2, 64));
    AttemptLimits limits = new AttemptLimits(new LimitConfig(5, 20, 100));
    open = new AccountService(accounts, passwords, limits, true);
    closed = new AccountService(accounts, passwords, limits, false);
  }

  @Test
  @DisplayName("Whoever registers has an account, with a hash and not the password")
  void register() {
    assertThat(await(open.register(request("alice", "correct horse"), ANYBODY)).getUserId())
        .isEqualTo("alice");

    String hash = await(accounts.credentials("alice")).orElseThrow().passwordHash().orElseThrow();
    assertThat(hash).startsWith("$argon2id$").doesNotContain("correct horse");
  }

  @Test
  @DisplayName("A user id is taken once")
  void taken() {
    await(open.register(request("alice", "correct horse"), ANYBODY));

    assertThat(refusal(() -> open.register(request("alice", "other password"), ANYBODY)))
        .isEqualTo(ErrorCode.ALREADY_EXISTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice b", "😀🎉", "用户", "shop:customer/7?x=1"})
  @DisplayName("The integrator's own ids fit: inner spaces, emoji, any script")
  void goodIds(String userId) {
    assertThat(await(open.register(request(userId, "correct horse"), ANYBODY)).getUserId())
        .isEqualTo(userId);
  }

  @Test
  @DisplayName(
      "Length is counted in characters as people see them in Unicode: 64 emoji fit, 65 do not")
  void emojiLength() {
    await(open.register(request("😀".repeat(64), "correct horse"), ANYBODY));

    assertThat(refusal(() -> open.register(request("😀".repeat(65), "correct horse"), ANYBODY)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"", " ", " alice", "alice ", "a\tb", "a\u0000b", "a\u0007", "a\nb"})
  @DisplayName(
      "An id with spaces at its ends or control characters is refused, by the field's name")
  void badIds(String userId) {
    var refused = refused(() -> open.register(request(userId, "correct horse"), ANYBODY));

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.toError().getField()).isEqualTo("userId");
  }

  @Test
  @DisplayName("A password has 8 to 256 characters, a display name at most 64")
  void bounds() {
    assertThat(refusal(() -> open.register(request("a", "7 chars"), ANYBODY)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(() -> open.register(request("a", "x".repeat(257)), ANYBODY)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(() -> open.register(request("a", ""), ANYBODY)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    RegisterRequest longName =
        request("a", "correct horse").toBuilder().setDisplayName("n".repeat(65)).build();
    assertThat(refusal(() -> open.register(longName, ANYBODY)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    await(open.register(request("a", "x".repeat(256)), ANYBODY));
  }

  @Test
  @DisplayName("Where registration is closed, only backends with the scope register")
  void closed() {
    assertThat(refusal(() -> closed.register(request("a", "correct horse"), ANYBODY)))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    assertThat(refusal(() -> closed.register(request("a", "correct horse"), service("messages"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    CallerInfo user = CallerInfo.newBuilder().setKind(CallerInfo.Kind.USER).addScopes("*").build();
    assertThat(refusal(() -> closed.register(request("a", "correct horse"), user)))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);

    await(closed.register(request("a", ""), service("accounts")));
    await(closed.register(request("b", "correct horse"), service("*")));
  }

  @Test
  @DisplayName("Only backends make bots, and everybody sees that they are such")
  void bots() {
    RegisterRequest bot = request("weather", "correct horse").toBuilder().setBot(true).build();
    assertThat(refusal(() -> open.register(bot, ANYBODY))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    await(open.register(bot, service("accounts")));
    await(open.register(request("alice", "correct horse"), ANYBODY));

    var profiles =
        await(
            open.profiles(
                ProfilesRequest.newBuilder().addUserIds("weather").addUserIds("alice").build()));
    assertThat(profiles.getProfilesList()).extracting("bot").containsExactly(true, false);
  }

  @Test
  @DisplayName("One address cannot register without end; backends can")
  void limited() {
    for (int i = 0; i < 20; i++) {
      await(open.register(request("user" + i, "correct horse"), ANYBODY));
    }

    var refused = refused(() -> open.register(request("one more", "correct horse"), ANYBODY));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refused.toError().getRetryAfterMs()).isPositive();
    await(open.register(request("by backend", ""), service("accounts")));
  }

  @Test
  @DisplayName("Profiles and existence leave the unknown out; existence the banned too")
  void known() {
    await(open.register(request("alice", "correct horse"), ANYBODY));
    await(open.register(request("bob", "correct horse"), ANYBODY));
    accounts.ban("bob");

    var profiles =
        await(
            open.profiles(
                ProfilesRequest.newBuilder().addUserIds("alice").addUserIds("nobody").build()));
    assertThat(profiles.getProfilesList()).extracting("userId").containsExactly("alice");
    var existing =
        await(
            open.exists(
                ExistsRequest.newBuilder()
                    .addUserIds("alice")
                    .addUserIds("bob")
                    .addUserIds("nobody")
                    .build()));
    assertThat(existing.getExistingList()).containsExactly("alice");
  }

  @Test
  @DisplayName("At most 100 profiles a call")
  void manyProfiles() {
    var request = ProfilesRequest.newBuilder().addAllUserIds(Collections.nCopies(101, "a")).build();
    assertThat(refusal(() -> open.profiles(request))).isEqualTo(ErrorCode.TOO_LARGE);
  }

  private static RegisterRequest request(String userId, String password) {
    return RegisterRequest.newBuilder().setUserId(userId).setPassword(password).build();
  }

  private static CallerInfo service(String scope) {
    return CallerInfo.newBuilder()
        .setKind(CallerInfo.Kind.SERVICE)
        .addScopes(scope)
        .setRemoteAddress("203.0.113.7")
        .build();
  }
}
