package io.skein.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisConfig;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Presence.Status;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A storm of logins")
@ExtendWith(StoresExtension.class)
class PresenceStormIT {
  private static final int USERS = 1_000;
  private static final List<String> WATCHERS = List.of("carol", "dave", "erin");

  /** Longer than the test may last, on any machine: whoever comes back was never away. */
  private static final PresenceConfig CONFIG =
      new PresenceConfig(Duration.ofMinutes(10), Duration.ZERO, Duration.ofMinutes(10), USERS);

  private final List<DeliverRequest> calls = new CopyOnWriteArrayList<>();
  private final List<String> users = IntStream.range(0, USERS).mapToObj(i -> "user-" + i).toList();
  private Vertx vertx;
  private Mesh mesh;

  @BeforeEach
  void start(RedisAddress redis, @Migrated("presence") PostgresAddress address) {
    vertx = Vertx.vertx();
    mesh = Mesh.local(vertx);
    Postgres postgres = Stores.postgres(vertx, address);
    mesh.instance("session")
        .handle(
            Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class),
            call -> {
              calls.add(call.request());
              return Future.succeededFuture(DeliverReply.getDefaultInstance());
            })
        .start()
        .await();
    RedisStore store = new RedisStore(vertx, RedisConfig.of(redis.uri()));
    vertx.deployVerticle(new PresenceVerticle(CONFIG, mesh, postgres, store)).await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  @DisplayName("of a thousand users, each cut off three times, is told each watcher once a user")
  void storm() {
    WATCHERS.forEach(this::watchAll);
    for (int epoch = 1; epoch <= 4; epoch++) {
      report(epoch, true);
      if (epoch < 4) {
        report(epoch, false);
      }
    }
    int expected = USERS * WATCHERS.size();
    await().atMost(Duration.ofSeconds(60)).until(() -> pushes().size() >= expected);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(pushes()).hasSize(expected));
    for (String watcher : WATCHERS) {
      assertThat(pushes())
          .filteredOn(push -> push.getRecipients(0).equals(watcher))
          .extracting(push -> presence(push).getUserId())
          .doesNotHaveDuplicates()
          .hasSize(USERS);
    }
    assertThat(pushes())
        .allSatisfy(push -> assertThat(presence(push).getStatus()).isEqualTo(Status.ONLINE));
    assertThat(calls)
        .as("many in a call, and no call is huge")
        .hasSizeLessThan(USERS / 2)
        .allSatisfy(
            call ->
                assertThat(call.getDeliveriesCount())
                    .isLessThanOrEqualTo(WatcherPush.MOST_IN_CALL));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(meter("skein.presence.online")).isEqualTo(USERS);
              assertThat(meter("skein.presence.watchers")).isEqualTo(WATCHERS.size());
            });
    assertThat(mesh.meters().get("skein.presence.pushes").counter().count()).isEqualTo(expected);
    assertThat(mesh.meters().get("skein.presence.changes").counter().count())
        .as("a report that was not answered in time is repeated, and counts again")
        .isGreaterThanOrEqualTo(USERS * 7);
  }

  private double meter(String gauge) {
    return mesh.meters().get(gauge).gauge().value();
  }

  private void watchAll(String watcher) {
    CallerInfo caller =
        CallerInfo.newBuilder()
            .setKind(CallerInfo.Kind.USER)
            .setUserId(watcher)
            .setSessionId(watcher + "s-session")
            .build();
    mesh.bus()
        .callAny(
            Rpc.of("presence.watch", WatchRequest.class, WatchReply.class),
            WatchRequest.newBuilder().addAllUserIds(users).build(),
            new CallContext(caller, Duration.ofSeconds(60), ""))
        .await();
  }

  /** As the session service does: many changes in a report, some reports under way at once. */
  private void report(long epoch, boolean online) {
    List<Future<ReportReply>> reports =
        IntStream.range(0, 10)
            .mapToObj(part -> users.subList(part * USERS / 10, (part + 1) * USERS / 10))
            .map(some -> report(some, epoch, online))
            .toList();
    Future.all(reports).await();
  }

  private Future<ReportReply> report(List<String> some, long epoch, boolean online) {
    ReportRequest.Builder report = ReportRequest.newBuilder();
    for (String user : some) {
      report.addChanges(
          SessionChange.newBuilder()
              .setUserId(user)
              .setDeviceId("phone")
              .setSessionId(user + epoch)
              .setEpoch(epoch)
              .setOnline(online)
              .setGatewayBoot(mesh.node().bootId()));
    }
    return mesh.bus()
        .callAny(
            Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class),
            report.build(),
            CallContext.internal(Duration.ofSeconds(60)));
  }

  private List<Delivery> pushes() {
    return calls.stream().flatMap(call -> call.getDeliveriesList().stream()).toList();
  }

  private static Presence presence(Delivery push) {
    try {
      return Event.parseFrom(push.getEvent()).getPresence();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
