package io.skein.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skein.embedded.test.TestRedis;
import io.skein.mesh.Mesh;
import io.skein.mesh.store.RedisConfig;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Presence.Status;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Presence in Redis")
class RedisPresenceStoreIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_123L), ZoneOffset.UTC);
  private static final PresenceConfig CONFIG =
      new PresenceConfig(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), 3);

  private final Vertx vertx = Vertx.vertx();
  private final RedisStore redis =
      new RedisStore(vertx, RedisConfig.of(TestRedis.database().uri()));
  private final PresenceStore store = new RedisPresenceStore(redis);
  private final WatchStore watches = new RedisWatchStore(redis);
  private final Announcer announcer =
      new Announcer(CONFIG, System::nanoTime, users -> Future.succeededFuture());
  private final PresenceMetrics metrics = new PresenceMetrics(new SimpleMeterRegistry());
  private final PresenceService service =
      new PresenceService(store, watches, announcer, CONFIG, metrics, CLOCK);

  @AfterEach
  void close() throws Exception {
    await(redis.close());
    await(vertx.close());
  }

  @Test
  @DisplayName("is online while one of two devices is, and then knows when the last one went")
  void aggregated() throws Exception {
    report(change("phone", 1, true), change("laptop", 1, true));
    report(change("phone", 1, false));
    assertThat(bob().getStatus()).isEqualTo(Status.ONLINE);
    report(change("laptop", 1, false));
    assertThat(bob().getStatus()).isEqualTo(Status.OFFLINE);
    assertThat(bob().getLastSeenAt().getSeconds()).isEqualTo(1_700_000_000L);
  }

  @Test
  @DisplayName("is forgotten, also when it was last seen")
  void forgotten() throws Exception {
    report(change("phone", 1, true));
    await(store.told(List.of(bob())));
    report(change("phone", 1, false));
    assertThat(bob().hasLastSeenAt()).isTrue();
    await(service.forget(ForgetUserRequest.newBuilder().setUserId("bob").build()));
    assertThat(bob()).isEqualTo(Presence.newBuilder().setUserId("bob").build());
    assertThat(await(store.unsettled(List.of("bob")))).isEmpty();
    assertThat(await(store.online())).isZero();
  }

  @Test
  @DisplayName("is not changed by reports that come late or twice")
  void reordered() throws Exception {
    report(change("phone", 2, true));
    report(change("phone", 1, false));
    assertThat(bob().getStatus()).isEqualTo(Status.ONLINE);
    report(change("phone", 2, false));
    report(change("phone", 2, true));
    assertThat(bob().getStatus()).isEqualTo(Status.OFFLINE);
  }

  @Test
  @DisplayName("ends the sessions of a node only when it was missing long enough")
  void goneNode() throws Exception {
    report(change("phone", 1, true));
    long[] now = {0};
    GoneNodes gone = new GoneNodes(store, watches, announcer, Set::of, CONFIG, CLOCK, () -> now[0]);
    await(gone.sweep());
    now[0] = Duration.ofSeconds(9).toNanos();
    await(gone.sweep());
    assertThat(bob().getStatus()).isEqualTo(Status.ONLINE);
    now[0] = Duration.ofSeconds(10).toNanos();
    await(gone.sweep());
    assertThat(bob().getStatus()).isEqualTo(Status.OFFLINE);
    assertThat(await(store.boots())).isEmpty();

    report(change("phone", 1, true));
    assertThat(bob().getStatus()).as("the node was only cut off").isEqualTo(Status.ONLINE);
  }

  @Test
  @DisplayName("keeps watches until they end by hand or with the session")
  void watches() throws Exception {
    assertThat(await(service.watch(carol(), watching("bob", "never"))).getPresencesList())
        .extracting(Presence::getUserId, Presence::getStatus, Presence::hasLastSeenAt)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("bob", Status.OFFLINE, false),
            org.assertj.core.api.Assertions.tuple("never", Status.OFFLINE, false));
    assertThat(await(watches.watchers("bob"))).containsEntry("carols-session", "carol");

    UnwatchRequest bobOnly = UnwatchRequest.newBuilder().addUserIds("bob").build();
    await(service.unwatch(carol(), bobOnly));
    assertThat(await(watches.watchers("bob"))).isEmpty();
    assertThat(await(watches.watchers("never"))).isNotEmpty();

    report(
        SessionChange.newBuilder()
            .setUserId("carol")
            .setDeviceId("web")
            .setSessionId("carols-session")
            .setEpoch(1)
            .build());
    assertThat(await(watches.watchers("never"))).isEmpty();
  }

  @Test
  @DisplayName("forgets the watches of a session whose gateway is gone without a word")
  void goneWatchers() throws Exception {
    await(service.watch(carol(), watching("bob")));
    report(
        SessionChange.newBuilder()
            .setUserId("carol")
            .setDeviceId("web")
            .setSessionId("carols-session")
            .setEpoch(1)
            .setOnline(true)
            .setGatewayBoot("boot-2")
            .build());
    long[] now = {0};
    GoneNodes gone = new GoneNodes(store, watches, announcer, Set::of, CONFIG, CLOCK, () -> now[0]);
    await(gone.sweep());
    assertThat(await(watches.watchers("bob"))).isNotEmpty();
    now[0] = CONFIG.goneAfter().toNanos();
    await(gone.sweep());
    assertThat(await(watches.watchers("bob"))).isEmpty();
    assertThat(await(watches.watched("carols-session"))).isEmpty();
  }

  @Test
  @DisplayName("remembers a change until it is told: if one instance dies, another tells it")
  void leftovers() throws Exception {
    report(change("phone", 1, true));
    List<String> told = new ArrayList<>();
    Announcer survivors =
        new Announcer(
            CONFIG,
            System::nanoTime,
            users -> {
              told.addAll(users.keySet());
              return Future.succeededFuture();
            });
    await(new Leftovers(store, survivors, CONFIG, CLOCK).sweep());
    await(survivors.tick());
    assertThat(told).as("whoever took the change in may still tell it").isEmpty();

    Clock later = Clock.offset(CLOCK, Duration.ofSeconds(6));
    await(new Leftovers(store, survivors, CONFIG, later).sweep());
    await(survivors.tick());
    assertThat(told).containsExactly("bob");
  }

  @Test
  @DisplayName("settles what was told, but not what changed meanwhile")
  void settles() throws Exception {
    report(change("phone", 1, true));
    Map<String, Long> first = await(store.unsettled(List.of("bob", "carol")));
    assertThat(first).containsOnlyKeys("bob");
    report(change("phone", 1, false));
    await(store.settle(first));
    Map<String, Long> second = await(store.unsettled(List.of("bob")));
    assertThat(second.get("bob")).isGreaterThan(first.get("bob"));
    await(store.settle(second));
    assertThat(await(store.unsettledBefore(Long.MAX_VALUE, 10))).isEmpty();
  }

  @Test
  @DisplayName("tells that somebody has gone when that is due, not when it tells that they came")
  void goneTooEarly() throws Exception {
    report(change("phone", 1, true));
    tellAll(Status.ONLINE);
    Mesh mesh = Mesh.local(vertx);
    WatcherPush push = new WatcherPush(store, watches, mesh.bus(), mesh.ring(), metrics);
    report(change("phone", 1, false));

    await(push.tell(Map.of("bob", Status.ONLINE)));
    assertThat(shownToCarol()).isEqualTo(Status.ONLINE);
    assertThat(await(store.unsettled(List.of("bob")))).as("to be told yet").isNotEmpty();
    await(push.tell(Map.of("bob", Status.OFFLINE)));
    assertThat(shownToCarol()).isEqualTo(Status.OFFLINE);
    assertThat(await(store.unsettled(List.of("bob")))).isEmpty();
  }

  @Test
  @DisplayName("shows a new watcher what the others see: who went a moment ago is online still")
  void shownDuringTheDelay() throws Exception {
    report(change("phone", 1, true));
    tellAll(Status.ONLINE);
    report(change("phone", 1, false));
    assertThat(bob().getStatus()).isEqualTo(Status.OFFLINE);
    assertThat(shownToCarol()).isEqualTo(Status.ONLINE);
    await(store.telling(List.of(bob())));
    assertThat(shownToCarol())
        .as("begins to watch while the others are told, too late to be among them")
        .isEqualTo(Status.OFFLINE);
    assertThat(await(store.untold(List.of("bob"))))
        .as("told again, should telling fail")
        .containsExactly(bob());
  }

  @Test
  @DisplayName("counts who is online and who watches")
  void counts() throws Exception {
    assertThat(List.of(await(store.online()), await(watches.watching()))).containsOnly(0L);
    report(change("phone", 1, true));
    tellAll(Status.ONLINE);
    await(service.watch(carol(), watching("bob", "never")));
    assertThat(List.of(await(store.online()), await(watches.watching()))).containsOnly(1L);
    await(watches.unwatch("carols-session", List.of("bob")));
    assertThat(await(watches.watching())).isEqualTo(1);
    await(watches.unwatch("carols-session", List.of("never")));
    report(change("phone", 1, false));
    tellAll(Status.OFFLINE);
    assertThat(List.of(await(store.online()), await(watches.watching()))).containsOnly(0L);
  }

  @Test
  @DisplayName("remembers the last devices of a user only, and all that are online")
  void prunesDevices() throws Exception {
    report(change("tablet", 1, true));
    for (int i = 2; i < 100; i++) {
      report(change("browser-" + i, i, true));
      report(change("browser-" + i, i, false));
    }
    assertThat(bob().getStatus()).as("by the tablet").isEqualTo(Status.ONLINE);
    var fields = redis.send(Request.cmd(Command.HKEYS).arg("skein:presence:{bob}"));
    assertThat(await(fields).stream().map(Object::toString))
        .hasSizeLessThan(40)
        .contains("d:tablet", "d:browser-99")
        .doesNotContain("d:browser-2");
  }

  private void tellAll(Status expected) throws Exception {
    List<Presence> news = await(store.untold(List.of("bob")));
    assertThat(news).extracting(Presence::getStatus).containsExactly(expected);
    await(store.telling(news));
    await(store.told(news));
  }

  private Status shownToCarol() throws Exception {
    return await(service.watch(carol(), watching("bob"))).getPresences(0).getStatus();
  }

  @Test
  @DisplayName("refuses to watch more users than allowed, and watching without a connection")
  void bounds() throws Exception {
    await(service.watch(carol(), watching("a", "b")));
    await(service.watch(carol(), watching("a", "b", "c")));
    assertThatThrownBy(() -> await(service.watch(carol(), watching("d"))))
        .rootCause()
        .isInstanceOfSatisfying(
            SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertThatThrownBy(() -> service.watch(CallerInfo.getDefaultInstance(), watching("a")))
        .isInstanceOf(SkeinException.class);
  }

  private static WatchRequest watching(String... users) {
    return WatchRequest.newBuilder().addAllUserIds(List.of(users)).build();
  }

  private static CallerInfo carol() {
    return CallerInfo.newBuilder().setUserId("carol").setSessionId("carols-session").build();
  }

  private static SessionChange change(String device, long epoch, boolean online) {
    return SessionChange.newBuilder()
        .setUserId("bob")
        .setDeviceId(device)
        .setSessionId(device + epoch)
        .setEpoch(epoch)
        .setOnline(online)
        .setGatewayBoot("boot-1")
        .build();
  }

  private void report(SessionChange... changes) throws Exception {
    await(service.report(ReportRequest.newBuilder().addAllChanges(List.of(changes)).build()));
  }

  private Presence bob() throws Exception {
    return await(store.read(List.of("bob"))).getFirst();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
