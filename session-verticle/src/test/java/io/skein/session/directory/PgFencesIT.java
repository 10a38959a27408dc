package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.store.Postgres;
import io.skein.session.Stores;
import io.skein.session.account.LineStore.Owner;
import io.skein.session.account.NewAccount;
import io.skein.session.account.PgAccountStore;
import io.skein.session.account.PgLineStore;
import io.skein.session.account.RefreshToken;
import io.skein.session.device.PgDeviceStore;
import io.skein.session.token.PgStandingStore;
import io.skein.session.token.TokenId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Epochs, devices and what revocations do to both, and to tokens. */
@ExtendWith({VertxExtension.class, StoresExtension.class})
class PgFencesIT {
  private final RefreshToken login = RefreshToken.next(UUID.randomUUID());
  private Postgres postgres;
  private PgEpochStore epochs;
  private PgDeviceStore devices;
  private PgLineStore lines;
  private PgStandingStore standings;

  @BeforeEach
  void connect(Vertx vertx, @Migrated("session") PostgresAddress address) {
    postgres = Stores.postgres(vertx, address);
    epochs = new PgEpochStore(postgres);
    devices = new PgDeviceStore(postgres);
    lines = new PgLineStore(postgres);
    standings = new PgStandingStore(postgres);
    PgAccountStore accounts = new PgAccountStore(postgres);
    for (String userId : List.of("alice", "bob", "carol")) {
      await(accounts.create(NewAccount.external(userId)));
    }
  }

  @Test
  @DisplayName("Every connect takes a higher epoch; devices count apart")
  void epochsGrow() {
    assertThat(take("alice", "phone", offline())).contains(1L);
    assertThat(take("alice", "phone", offline())).contains(2L);
    assertThat(take("alice", "laptop", offline())).contains(1L);
    assertThat(take("bob", "phone", offline())).contains(1L);
    assertThat(await(epochs.current(List.of(key("alice", "phone"), key("alice", "none")))))
        .isEqualTo(Map.of(key("alice", "phone"), 2L));
  }

  @Test
  @DisplayName("A batch answers in its order; who has no account gets no epoch and disturbs nobody")
  void batch() {
    List<EpochRequest> batch =
        List.of(
            request("carol", "c", offline()),
            request("nobody", "n", offline()),
            request("alice", "a", offline()),
            request("bob", "b", offline()));

    assertThat(await(epochs.take(batch)))
        .containsExactly(Optional.of(1L), Optional.empty(), Optional.of(1L), Optional.of(1L));
  }

  @Test
  @DisplayName("Concurrent batches over the same devices neither deadlock nor give an epoch twice")
  void concurrentBatches() {
    List<String> users = List.of("alice", "bob", "carol");
    List<Future<List<Optional<Long>>>> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<EpochRequest> batch =
          new ArrayList<>(users.stream().map(user -> request(user, "d", offline())).toList());
      if (i % 2 == 1) {
        Collections.reverse(batch);
      }
      batches.add(epochs.take(batch));
    }
    await(Future.join(batches));

    List<Long> alices =
        IntStream.range(0, 20)
            .mapToObj(i -> batches.get(i).result().get(i % 2 == 1 ? 2 : 0).orElseThrow())
            .sorted()
            .toList();
    assertThat(alices)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
  }

  @Test
  @DisplayName("A device is listed with what it said last; revoked, only when it is back")
  void list() {
    take("alice", "phone", offline());
    await(epochs.take(List.of(new EpochRequest(key("alice", "phone"), "ios", "", offline()))));

    assertThat(await(devices.list("alice")))
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.platform()).isEqualTo("ios");
              assertThat(device.name()).isEqualTo("Phone of alice");
            });
    await(devices.revoke("alice", "phone", true));
    assertThat(await(devices.list("alice"))).isEmpty();
    assertThat(take("alice", "phone", later())).contains(4L);
    assertThat(await(devices.list("alice"))).hasSize(1);
  }

  @Test
  @DisplayName("A revoked device's older tokens get no epoch; others and newer ones do")
  void revokeDevice() {
    TokenId before = offline();
    take("alice", "phone", before);

    assertThat(await(devices.revoke("alice", "phone", true))).contains(2L);

    assertThat(take("alice", "phone", before)).isEmpty();
    assertThat(take("alice", "laptop", before)).contains(1L);
    assertThat(take("alice", "phone", later())).contains(3L);
  }

  @Test
  @DisplayName(
      "A device that was never seen is not revoked, unless it is to be barred all the same")
  void revokeUnknown() {
    assertThat(await(devices.revoke("alice", "never", true))).isEmpty();
    assertThat(await(devices.revoke("nobody", "never", false))).isEmpty();
    assertThat(await(devices.revoke("alice", "never", false))).contains(1L);
    assertThat(take("alice", "never", offline())).isEmpty();
  }

  @Test
  @DisplayName(
      "A login that was bound to no device is bound by the first connect, and only good there")
  void binding() {
    begin("alice", "");
    TokenId token = new TokenId(Optional.of(login.line()), Instant.EPOCH, "j");

    assertThat(lineDevice("alice")).contains("");
    assertThat(take("alice", "phone", token)).contains(1L);
    assertThat(lineDevice("alice")).contains("phone");
    assertThat(take("alice", "laptop", token)).isEmpty();
    assertThat(take("bob", "phone", token)).isEmpty();
  }

  @Test
  @DisplayName("With its device, a login ends: no epoch, no refresh, no standing")
  void revokeEndsLogin() {
    begin("alice", "phone");
    TokenId token = new TokenId(Optional.of(login.line()), Instant.now(), "j");
    take("alice", "phone", token);

    await(devices.revoke("alice", "phone", true));

    assertThat(take("alice", "phone", token)).isEmpty();
    assertThat(lineDevice("alice")).isEmpty();
    assertThat(
            await(
                lines.rotate(login, RefreshToken.next(login.line()), Instant.now(), Instant.now())))
        .isEmpty();
  }

  @Test
  @DisplayName("Right after a revocation the device can log in again, within the same second")
  void loginAgain() {
    take("alice", "phone", offline());
    await(devices.revoke("alice", "phone", true));
    begin("alice", "phone");

    TokenId token = new TokenId(Optional.of(login.line()), Instant.EPOCH, "j");
    assertThat(take("alice", "phone", token)).contains(3L);
  }

  @Test
  @DisplayName("Revoking a user raises the fence of every device and ends every token and login")
  void revokeAll() {
    begin("alice", "");
    TokenId before = offline();
    take("alice", "phone", before);
    take("alice", "laptop", before);

    assertThat(await(devices.revokeAll("alice"))).contains(Map.of("phone", 2L, "laptop", 2L));

    assertThat(take("alice", "phone", before)).isEmpty();
    assertThat(take("alice", "a new one", before)).isEmpty();
    assertThat(lineDevice("alice")).isEmpty();
    assertThat(await(standings.find("alice", Optional.empty(), "")).orElseThrow().validFrom())
        .isAfter(before.issuedAt());
    assertThat(await(devices.revokeAll("nobody"))).isEmpty();
    assertThat(take("bob", "phone", before)).contains(1L);
  }

  @Test
  @DisplayName("A connect that waits for a revocation under way gets no epoch by the older token")
  void revocationUnderWay() {
    TokenId before = offline();
    take("alice", "phone", before);
    begin("bob", "");
    TokenId bobs = new TokenId(Optional.of(login.line()), Instant.EPOCH, "j");
    Promise<Void> waiting = Promise.promise();
    Promise<Void> commit = Promise.promise();
    Future<Void> revocation =
        postgres.inTransaction(
            connection ->
                connection
                    .query(
                        """
                        UPDATE session.account SET tokens_valid_from = clock_timestamp()
                        WHERE user_id IN ('alice', 'bob');
                        DELETE FROM session.token_line WHERE user_id = 'bob'
                        """)
                    .execute()
                    .onSuccess(updated -> waiting.complete())
                    .compose(updated -> commit.future()));
    await(waiting.future());

    Future<List<Optional<Long>>> connects =
        epochs.take(List.of(request("alice", "phone", before), request("bob", "new", bobs)));
    awaitLockWait();
    commit.complete();
    await(revocation);

    assertThat(await(connects)).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  @DisplayName("A banned account gets no epoch, and its standing says so")
  void banned() {
    await(
        postgres.with(
            connection ->
                connection
                    .query("UPDATE session.account SET state = 'banned' WHERE user_id = 'alice'")
                    .execute()));

    assertThat(take("alice", "phone", offline())).isEmpty();
    assertThat(await(standings.find("alice", Optional.empty(), "")).orElseThrow().banned())
        .isTrue();
  }

  @Test
  @DisplayName("A standing looks at the device that the token is bound to")
  void standing() {
    take("alice", "phone", offline());
    await(devices.revoke("alice", "phone", true));

    assertThat(await(standings.find("alice", Optional.empty(), "laptop")).orElseThrow().validFrom())
        .isEqualTo(Instant.EPOCH);
    assertThat(await(standings.find("alice", Optional.empty(), "phone")).orElseThrow().validFrom())
        .isAfter(Instant.EPOCH);
    assertThat(await(standings.find("nobody", Optional.empty(), ""))).isEmpty();
  }

  private void awaitLockWait() {
    org.awaitility.Awaitility.await()
        .until(
            () ->
                await(
                    postgres.with(
                        connection ->
                            connection
                                .query(
                                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type ="
                                        + " 'Lock' AND datname = current_database()")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0) > 0))));
  }

  private Optional<String> lineDevice(String userId) {
    return await(standings.find(userId, Optional.of(login.line()), ""))
        .orElseThrow()
        .line()
        .map(line -> line.deviceId());
  }

  private void begin(String userId, String deviceId) {
    await(lines.begin(login, new Owner(userId, deviceId), Instant.now().plusSeconds(60)));
  }

  private Optional<Long> take(String userId, String deviceId, TokenId token) {
    return await(epochs.take(List.of(request(userId, deviceId, token)))).getFirst();
  }

  private static EpochRequest request(String userId, String deviceId, TokenId token) {
    return new EpochRequest(key(userId, deviceId), "android", "Phone of " + userId, token);
  }

  private static DeviceKey key(String userId, String deviceId) {
    return new DeviceKey(userId, deviceId);
  }

  /** Of no login, issued a while ago. */
  private static TokenId offline() {
    return new TokenId(Optional.empty(), Instant.now().minusSeconds(60), "j");
  }

  private static TokenId later() {
    return new TokenId(Optional.empty(), Instant.now().plusSeconds(1), "j");
  }
}
