package io.skein.session;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.store.Postgres;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.protocol.v1.EraseAccountReply;
import io.skein.protocol.v1.EraseAccountRequest;
import io.skein.protocol.v1.ExportAccountRequest;
import io.skein.protocol.v1.ExportLine;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.session.token.TokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, StoresExtension.class})
@DisplayName("An account that is erased")
class EraseIT {
  private static final Rpc<EraseAccountRequest, EraseAccountReply> ERASE =
      Rpc.of("accounts.erase", EraseAccountRequest.class, EraseAccountReply.class);
  private static final Rpc<ExportAccountRequest, ExportReply> EXPORT =
      Rpc.of("accounts.export", ExportAccountRequest.class, ExportReply.class);

  private static final CallerInfo BACKEND =
      CallerInfo.newBuilder()
          .setKind(CallerInfo.Kind.SERVICE)
          .addScopes("accounts")
          .setUserId("alice")
          .build();

  private Postgres postgres;
  private SessionFixture fixture;

  @BeforeEach
  void deploy(Vertx vertx, @Migrated("session") PostgresAddress address, RedisAddress redis) {
    postgres = Stores.postgres(vertx, address);
    fixture =
        new SessionFixture(vertx, SessionFixture.CONFIG, postgres, Stores.redis(vertx, redis));
    fixture.register("alice");
  }

  private <Q extends Message, R extends Message> Future<R> call(
      Rpc<Q, R> rpc, Q request, CallerInfo caller) {
    return fixture.mesh.bus().call(rpc, "alice", request, SessionFixture.context(caller));
  }

  private Future<EraseAccountReply> erase() {
    return call(ERASE, EraseAccountRequest.getDefaultInstance(), BACKEND);
  }

  private Future<EraseAccountReply> erase(String password, String deviceId, String sessionId) {
    return call(
        ERASE,
        EraseAccountRequest.newBuilder().setPassword(password).build(),
        CallerInfo.newBuilder()
            .setKind(CallerInfo.Kind.USER)
            .setUserId("alice")
            .setDeviceId(deviceId)
            .setSessionId(sessionId)
            .build());
  }

  private long number(String query) {
    return await(
        postgres
            .with(connection -> connection.query(query).execute())
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  private void execute(String sql) {
    await(postgres.with(connection -> connection.query(sql).execute()));
  }

  private void untilErased() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              execute("UPDATE session.erasure SET look_at = now() WHERE step = 'LATE_LOG'");
              return number("SELECT count(*) FROM session.erasure") == 0;
            });
  }

  @Test
  @DisplayName("lets nobody in when it is answered: no password, refresh, token, connect, id")
  void nobodyGetsIn() {
    LoginReply phone = fixture.login("alice", "phone");
    LoginReply laptop = fixture.login("alice", "laptop");
    String tokenId = await(fixture.verify(phone.getToken())).getTokenId();
    await(fixture.connect(phone.getToken(), "phone", fixture.first));
    await(fixture.connect(laptop.getToken(), "laptop", fixture.second));
    TokenIssuer issuer = new TokenIssuer(SessionFixture.TOKENS, Clock.systemUTC());

    await(erase());

    for (FakeGateway gateway : List.of(fixture.first, fixture.second)) {
      assertThat(gateway.forgotten).contains("alice");
      assertThat(gateway.kicked.getFirst().getBye().getCode()).isEqualTo(CloseCode.REVOKED.code());
    }
    assertThat(refusal(() -> fixture.verify(phone.getToken())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    String later = issuer.forUser("alice", Duration.ofHours(1)).token();
    assertThat(refusal(() -> fixture.verify(later))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(() -> fixture.open("alice", "phone", fixture.first, tokenId)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(() -> refresh(phone))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(this::logIn)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(this::registerAgain)).isEqualTo(ErrorCode.ALREADY_EXISTS);
    String service = issuer.forService("shop", List.of("*"), Duration.ofHours(1)).token();
    assertThat(refusal(() -> onBehalf(service))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            await(
                    call(
                        SessionMethods.EXISTS,
                        ExistsRequest.newBuilder().addUserIds("alice").build(),
                        CallerInfo.getDefaultInstance()))
                .getExistingList())
        .isEmpty();
    assertThat(
            await(
                    call(
                        SessionMethods.PROFILES,
                        ProfilesRequest.newBuilder().addUserIds("alice").build(),
                        CallerInfo.getDefaultInstance()))
                .getProfilesList())
        .isEmpty();
  }

  private Future<?> refresh(LoginReply login) {
    return fixture
        .mesh
        .bus()
        .callAny(
            SessionMethods.REFRESH,
            RefreshRequest.newBuilder().setRefreshToken(login.getRefreshToken()).build(),
            SessionFixture.internal());
  }

  private Future<?> logIn() {
    return call(
        SessionMethods.LOGIN,
        LoginRequest.newBuilder().setUserId("alice").setPassword("correct horse").build(),
        CallerInfo.getDefaultInstance());
  }

  private Future<?> registerAgain() {
    return call(
        SessionMethods.REGISTER,
        RegisterRequest.newBuilder().setUserId("alice").setPassword("correct horse").build(),
        CallerInfo.getDefaultInstance());
  }

  private Future<?> onBehalf(String service) {
    return fixture
        .mesh
        .bus()
        .callAny(
            SessionMethods.VERIFY,
            VerifyTokenRequest.newBuilder().setToken(service).setOnBehalfOf("alice").build(),
            SessionFixture.internal());
  }

  @Test
  @DisplayName("is erased by all services, step by step, also when some fail at first")
  void allServices() {
    fixture.login("alice", "phone");
    fixture.peers.failures.set(1);
    await(erase());
    await()
        .until(
            () -> {
              // What failed waits for a while: not here.
              execute("UPDATE session.erasure SET look_at = now() WHERE step = 'LOG'");
              return number("SELECT count(*) FROM session.erasure WHERE step = 'LATE_LOG'") == 1;
            });
    assertThat(fixture.peers.erasures).contains("log ", "log 1", "log 2").doesNotContain("notify");
    assertThat(
            number(
                "SELECT count(*) FROM session.erasure"
                    + " WHERE look_at > now() + interval '30 seconds'"))
        .as("what was under way has time to end")
        .isEqualTo(1);

    untilErased();

    assertThat(fixture.peers.erasures).contains("presence", "notify");
    assertThat(fixture.peers.erasures.stream().filter("log 2"::equals).count())
        .isGreaterThanOrEqualTo(2);
    assertThat(number("SELECT count(*) FROM session.device")).isZero();
    assertThat(number("SELECT count(*) FROM session.token_line")).isZero();
    assertThat(
            number(
                "SELECT count(*) FROM session.account WHERE user_id = 'alice'"
                    + " AND state = 'erased' AND password_hash IS NULL AND display_name = ''"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("goes on where it was when the one who worked on it died")
  void resumes() {
    execute(
        "INSERT INTO session.erasure (user_id, step, cursor, look_at)"
            + " VALUES ('alice', 'LATE_LOG', '2', now() + interval '1 hour')");
    assertThat(fixture.peers.erasures).isEmpty();
    untilErased();
    assertThat(fixture.peers.erasures).containsExactly("log 2", "presence", "notify");
  }

  @Test
  @DisplayName("needs the password, when the user asks; the answer comes before the bye")
  void byTheUser() {
    LoginReply login = fixture.login("alice", "phone");
    String session =
        await(fixture.connect(login.getToken(), "phone", fixture.first)).getSessionId();
    assertThat(refusal(() -> erase("", "phone", session))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(() -> erase("wrong horse", "phone", session)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(number("SELECT count(*) FROM session.erasure")).isZero();
    await(fixture.verify(login.getToken()));

    await(erase("correct horse", "phone", session));

    assertThat(refusal(() -> fixture.verify(login.getToken())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    await().until(() -> !fixture.first.kicked.isEmpty());
  }

  @Test
  @DisplayName("without a password is erased by its backend only; guesses are counted")
  void guesses() {
    execute("UPDATE session.account SET password_hash = NULL");
    assertThat(refusal(() -> erase("correct horse", "", "")))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    for (int i = 0; i < 30; i++) {
      refusal(() -> erase("guess", "", ""));
    }
    assertThat(refusal(() -> erase("guess", "", ""))).isEqualTo(ErrorCode.RATE_LIMITED);
    await(erase());
  }

  @Test
  @DisplayName("can be taken along before: account, devices and logins, in pages")
  void export() {
    execute("UPDATE session.account SET display_name = 'Alice of Sesame'");
    for (String device : List.of("a", "b", "c")) {
      await(fixture.connect(fixture.login("alice", device).getToken(), device, fixture.first));
    }
    assertThat(export(2))
        .extracting(ExportLine::getKind)
        .containsExactly("account", "device", "device", "device", "login", "login", "login");
    assertThat(export(200).toString()).contains("Alice of Sesame");
    assertThat(export(200)).isEqualTo(export(1));
    await(erase());
    untilErased();
    assertThat(export(2))
        .singleElement()
        .satisfies(line -> assertThat(line.getAccount().getDisplayName()).isEmpty());
    assertThat(refusal(() -> page("nonsense", 2))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(() -> page("logins 7", 2))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(() -> page("", 201))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  private List<ExportLine> export(int limit) {
    List<ExportLine> lines = new ArrayList<>();
    ExportReply page = ExportReply.getDefaultInstance();
    do {
      page = await(page(page.getCursor(), limit));
      lines.addAll(page.getLinesList());
    } while (page.getMore());
    return lines;
  }

  private Future<ExportReply> page(String cursor, int limit) {
    return call(
        EXPORT,
        ExportAccountRequest.newBuilder().setCursor(cursor).setLimit(limit).build(),
        BACKEND);
  }
}
