package io.skein.session.token;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.session.TestClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenServiceTest {
  private static final KeyPair RSA = Forge.rsa();
  private static final UUID LINE = UUID.randomUUID();

  private final TestClock clock = new TestClock();
  private final Map<String, Standing> standings = new HashMap<>();
  private final List<String> created = new ArrayList<>();
  private final TokenIssuer issuer = new TokenIssuer(config(true), clock);

  @Test
  @DisplayName("A user's token says who calls and how long yet")
  void user() {
    standings.put("alice", good());
    String token = issuer.forDevice("alice", "phone", Duration.ofHours(1)).token();
    clock.advance(Duration.ofMillis(1500));

    VerifyTokenReply reply = verify(token, "");
    assertThat(reply.getCaller().getKind()).isEqualTo(CallerInfo.Kind.USER);
    assertThat(reply.getCaller().getUserId()).isEqualTo("alice");
    assertThat(reply.getDeviceId()).isEqualTo("phone");
    assertThat(reply.getExpiresInMs()).isEqualTo(3_598_500);
    assertThat(TokenId.parse(reply.getTokenId()).line()).isEmpty();
  }

  @Test
  @DisplayName(
      "A token of a user without account is refused; the integrator's makes one if allowed")
  void unknownUser() {
    assertThat(refuse(issuer.forUser("nobody", Duration.ofHours(1)).token()))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);

    assertThat(verify(external("shopper 7"), "").getCaller().getUserId()).isEqualTo("shopper 7");
    assertThat(created).containsExactly("shopper 7");

    TokenService strict = service(config(false));
    assertThat(refusal(() -> strict.verify(request(external("shopper 8"), ""))))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(created).hasSize(1);
  }

  @Test
  @DisplayName("A banned user is told so")
  void banned() {
    standings.put("alice", new Standing(true, false, Instant.EPOCH, Optional.empty()));
    assertThat(refuse(issuer.forUser("alice", Duration.ofHours(1)).token()))
        .isEqualTo(ErrorCode.BANNED);
  }

  @Test
  @DisplayName("An erased user has no account and gets none, whoever vouches")
  void erased() {
    Standing erased = new Standing(false, true, Instant.EPOCH, Optional.empty());
    standings.put("alice", erased);
    standings.put("shopper 7", erased);
    assertThat(refuse(issuer.forUser("alice", Duration.ofHours(1)).token()))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refuse(external("shopper 7"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(created).isEmpty();
    String service = issuer.forService("shop", List.of("*"), Duration.ofHours(1)).token();
    assertThat(refusal(() -> service(config(true)).verify(request(service, "alice"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("A token issued before, or in the second of, a revocation does not count")
  void revoked() {
    String token = issuer.forUser("alice", Duration.ofHours(1)).token();

    standings.put("alice", revokedAt(clock.instant().plusMillis(1)));
    assertThat(refuse(token)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    standings.put("alice", revokedAt(clock.instant()));
    assertThat(verify(token, "").getCaller().getUserId()).isEqualTo("alice");
  }

  @Test
  @DisplayName("A token of a login lives and dies with the login, and is bound to its device")
  void login() {
    String token = issuer.forLogin("alice", LINE, "").token();

    standings.put(
        "alice",
        new Standing(
            false, false, clock.instant().plusSeconds(9), Optional.of(new Standing.Line("phone"))));
    VerifyTokenReply reply = verify(token, "");
    assertThat(reply.getDeviceId()).isEqualTo("phone");
    assertThat(TokenId.parse(reply.getTokenId()).line()).contains(LINE);

    standings.put("alice", good());
    assertThat(refuse(token)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A service token acts for itself or for a user who exists")
  void service() {
    standings.put("alice", good());
    String token = issuer.forService("shop", List.of("messages"), Duration.ofHours(1)).token();

    assertThat(verify(token, "").getCaller())
        .isEqualTo(
            CallerInfo.newBuilder().setKind(CallerInfo.Kind.SERVICE).addScopes("messages").build());
    assertThat(verify(token, "alice").getCaller().getUserId()).isEqualTo("alice");
    assertThat(refusal(() -> service(config(true)).verify(request(token, "nobody"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(() -> service(config(true)).verify(request(token, " x "))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("A user's token acts for nobody else")
  void noImpersonation() {
    standings.put("alice", good());
    standings.put("bob", good());
    String token = issuer.forUser("alice", Duration.ofHours(1)).token();

    assertThat(refusal(() -> service(config(true)).verify(request(token, "bob"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  @DisplayName("A token id reads as it was written, with any jti")
  void tokenId() {
    TokenId id = new TokenId(Optional.of(LINE), Instant.ofEpochSecond(7), "a/b/c");
    assertThat(TokenId.parse(id.encode())).isEqualTo(id);
    assertThat(refusal(() -> Future.succeededFuture(TokenId.parse("nonsense"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(() -> Future.succeededFuture(TokenId.parse("x/1/j"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  private TokenService service(TokenConfig config) {
    return new TokenService(
        config,
        (userId, line, device) ->
            Future.succeededFuture(Optional.ofNullable(standings.get(userId))),
        userId -> {
          created.add(userId);
          return Future.succeededFuture();
        },
        clock);
  }

  private VerifyTokenReply verify(String token, String onBehalfOf) {
    return await(service(config(true)).verify(request(token, onBehalfOf)));
  }

  private ErrorCode refuse(String token) {
    return refusal(() -> service(config(true)).verify(request(token, "")));
  }

  private static VerifyTokenRequest request(String token, String onBehalfOf) {
    return VerifyTokenRequest.newBuilder().setToken(token).setOnBehalfOf(onBehalfOf).build();
  }

  private String external(String userId) {
    return Forge.rs256(
        RSA.getPrivate(),
        "shop",
        new JsonObject()
            .put("iss", "https://shop.example")
            .put("aud", "chat")
            .put("sub", userId)
            .put("exp", clock.instant().getEpochSecond() + 60));
  }

  private static Standing good() {
    return revokedAt(Instant.EPOCH);
  }

  private static Standing revokedAt(Instant instant) {
    return new Standing(false, false, instant, Optional.empty());
  }

  private static TokenConfig config(boolean createAccounts) {
    TokenConfig own = TokenConfig.of(TokenKey.ofSecret("own", "0123456789abcdef0123456789abcdef"));
    ExternalTokens external =
        new ExternalTokens(
            "https://shop.example",
            "chat",
            "sub",
            List.of(TokenKey.ofPublic("shop", TokenAlgorithm.RS256, Forge.pem(RSA.getPublic()))),
            Optional.empty(),
            createAccounts);
    return new TokenConfig(
        own.issuer(),
        own.keys(),
        own.signingKid(),
        own.accessTtl(),
        own.refreshTtl(),
        own.leeway(),
        Optional.of(external));
  }
}
