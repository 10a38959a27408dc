package io.skein.notify;

import static io.skein.notify.Given.TRIP;
import static io.skein.notify.Given.WORK;
import static io.skein.notify.NotifiedStore.Verdict.BUSY;
import static io.skein.notify.NotifiedStore.Verdict.GRANTED;
import static io.skein.notify.NotifiedStore.Verdict.NOTIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.notify.NotifiedStore.Claim;
import io.skein.notify.NotifiedStore.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("What users have been notified about")
@ExtendWith(StoresExtension.class)
class PgNotifiedStoreIT {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Topic TOPIC = new Topic("bob", TRIP);

  private Vertx vertx;
  private NotifiedStore store;

  @BeforeEach
  void open(@Migrated("notify") PostgresAddress database) {
    vertx = Vertx.vertx();
    store =
        new PgNotifiedStore(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(PgConnectOptions.fromUri(database.uri()))
                .using(vertx)
                .build());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Map<Topic, Verdict> claim(String owner, Duration lease, Claim... claims) {
    return store.claim(List.of(claims), owner, lease).await();
  }

  private Verdict claim(String owner, int seq) {
    return claim(owner, LEASE, new Claim(TOPIC, seq)).get(TOPIC);
  }

  @Test
  @DisplayName("is claimed by one, and refused to others meanwhile")
  void exclusive() {
    assertThat(claim("one", 5)).isEqualTo(GRANTED);
    assertThat(claim("two", 5)).isEqualTo(BUSY);
    assertThat(claim("two", 6)).isEqualTo(BUSY);
  }

  @Test
  @DisplayName("is never claimed again once it was sent, nor is anything before it")
  void onlyOnce() {
    claim("one", 5);
    store.notified(TOPIC, 7, "one").await();
    assertThat(claim("two", 5)).isEqualTo(NOTIFIED);
    assertThat(claim("two", 7)).isEqualTo(NOTIFIED);
    assertThat(claim("two", 8)).isEqualTo(GRANTED);
  }

  @Test
  @DisplayName("moves only forward")
  void forward() {
    claim("one", 9);
    store.notified(TOPIC, 9, "one").await();
    store.notified(TOPIC, 4, "late").await();
    assertThat(claim("two", 9)).isEqualTo(NOTIFIED);
  }

  @Test
  @DisplayName("can be claimed again when it was given back unsent")
  void release() {
    claim("one", 5);
    store.release(TOPIC, "one").await();
    assertThat(claim("two", 5)).isEqualTo(GRANTED);
    store.release(TOPIC, "one").await();
    assertThat(claim("three", 5)).as("the claim of two stands").isEqualTo(BUSY);
  }

  @Test
  @DisplayName("can be claimed again when its claimant died")
  void lease() {
    claim("one", Duration.ofMillis(1), new Claim(TOPIC, 5));
    await().untilAsserted(() -> assertThat(claim("two", 5)).isEqualTo(GRANTED));
  }

  @Test
  @DisplayName("is claimed in batches, each topic on its own")
  void batches() {
    Topic work = new Topic("bob", WORK);
    Topic carol = new Topic("carol", TRIP);
    claim("one", LEASE, new Claim(TOPIC, 1));
    claim("two", LEASE, new Claim(work, 3));
    store.notified(work, 3, "two").await();
    assertThat(claim("three", LEASE, new Claim(TOPIC, 2), new Claim(work, 3), new Claim(carol, 1)))
        .isEqualTo(Map.of(TOPIC, BUSY, work, NOTIFIED, carol, GRANTED));
  }

  @Test
  @DisplayName("is forgotten with the user, some at a time, and nobody else's is")
  void forgotten() {
    Topic work = new Topic("bob", WORK);
    Topic carol = new Topic("carol", TRIP);
    claim("one", LEASE, new Claim(TOPIC, 1), new Claim(work, 1), new Claim(carol, 1));
    assertThat(store.forget("bob", 1).await()).isEqualTo(1);
    assertThat(store.forget("bob", 5).await()).isEqualTo(1);
    assertThat(store.forget("bob", 5).await()).isZero();
    assertThat(claim("two", LEASE, new Claim(TOPIC, 1), new Claim(carol, 1)))
        .isEqualTo(Map.of(TOPIC, GRANTED, carol, BUSY));
  }

  @Test
  @DisplayName("is granted to exactly one of many who claim at the same moment, in any order")
  void race() {
    Topic work = new Topic("bob", WORK);
    List<Future<Map<Topic, Verdict>>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<Claim> claims = List.of(new Claim(TOPIC, 1), new Claim(work, 1));
      all.add(store.claim(i % 2 == 0 ? claims : claims.reversed(), "owner-" + i, LEASE));
    }
    List<Map<Topic, Verdict>> verdicts = all.stream().map(future -> future.await()).toList();
    assertThat(verdicts).filteredOn(each -> each.get(TOPIC) == GRANTED).hasSize(1);
    assertThat(verdicts).filteredOn(each -> each.get(work) == GRANTED).hasSize(1);
    assertThat(verdicts).allSatisfy(each -> assertThat(each).hasSize(2));
  }
}
