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
import io.skein.protocol.v1.Presence.Status;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A watcher of presence")
@ExtendWith(StoresExtension.class)
class PresenceVerticleIT {
  private static final CallContext INTERNAL = CallContext.internal(Duration.ofSeconds(5));
  private static final CallContext CAROL =
      new CallContext(
          CallerInfo.newBuilder()
              .setKind(CallerInfo.Kind.USER)
              .setUserId("carol")
              .setSessionId("carols-session")
              .build(),
          Duration.ofSeconds(5),
          "");

  private final List<Delivery> pushed = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Mesh mesh;
  private RedisStore store;
  private Postgres postgres;

  @BeforeEach
  void start(RedisAddress redis, @Migrated("presence") PostgresAddress address) {
    vertx = Vertx.vertx();
    mesh = Mesh.local(vertx);
    postgres = Stores.postgres(vertx, address);
    mesh.instance("session")
        .handle(
            Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class),
            call -> {
              pushed.addAll(call.request().getDeliveriesList());
              return Future.succeededFuture(DeliverReply.getDefaultInstance());
            })
        .start()
        .await();
    store = new RedisStore(vertx, RedisConfig.of(redis.uri()));
  }

  private void carolWatchesBob(Duration offlineDelay) {
    PresenceConfig config =
        new PresenceConfig(offlineDelay, Duration.ZERO, Duration.ofSeconds(10), 500);
    vertx.deployVerticle(new PresenceVerticle(config, mesh, postgres, store)).await();
    mesh.bus()
        .callAny(
            Rpc.of("presence.watch", WatchRequest.class, WatchReply.class),
            WatchRequest.newBuilder().addUserIds("bob").build(),
            CAROL)
        .await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void report(String device, long epoch, boolean online) {
    SessionChange change =
        SessionChange.newBuilder()
            .setUserId("bob")
            .setDeviceId(device)
            .setSessionId(device + epoch)
            .setEpoch(epoch)
            .setOnline(online)
            .setGatewayBoot(mesh.node().bootId())
            .build();
    mesh.bus()
        .callAny(
            Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class),
            ReportRequest.newBuilder().addChanges(change).build(),
            INTERNAL)
        .await();
  }

  private List<Status> seen() {
    return pushed.stream().map(PresenceVerticleIT::status).toList();
  }

  private static Status status(Delivery delivery) {
    try {
      return Event.parseFrom(delivery.getEvent()).getPresence().getStatus();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void sees(Status... statuses) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(seen()).containsExactly(statuses));
  }

  @Test
  @DisplayName("is pushed who comes and who goes, on that session only and best effort")
  void comesAndGoes() {
    carolWatchesBob(Duration.ofMillis(400));
    report("phone", 1, true);
    sees(Status.ONLINE);
    report("phone", 1, false);
    sees(Status.ONLINE, Status.OFFLINE);
    assertThat(pushed)
        .allSatisfy(
            push -> {
              assertThat(push.getOnlySession()).isEqualTo("carols-session");
              assertThat(push.getRecipientsList()).containsExactly("carol");
              assertThat(push.getTransient()).isTrue();
            });
  }

  @Test
  @DisplayName("sees nothing of a second device, nor of a short absence")
  void shortAbsence() {
    carolWatchesBob(Duration.ofMinutes(10));
    report("phone", 1, true);
    sees(Status.ONLINE);
    report("laptop", 1, true);
    report("laptop", 1, false);
    report("phone", 1, false);
    report("phone", 2, true);
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(seen()).containsExactly(Status.ONLINE));
  }
}
