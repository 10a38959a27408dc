package io.skein.notify;

import static io.skein.notify.Given.TRIP;
import static io.skein.notify.Given.WORK;
import static io.skein.notify.Given.badge;
import static io.skein.notify.Given.hint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.notify.queue.QueueReader;
import io.skein.notify.queue.QueueSize;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.Hint.Reason;
import io.skein.protocol.v1.Notification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Notify")
@ExtendWith(StoresExtension.class)
class NotifyVerticleIT {
  private static final QueueSize EMPTY = new QueueSize(0, 0, 0);

  private NotifyFixture notify;

  @BeforeEach
  void open(@Migrated("notify") PostgresAddress database, RedisAddress redis) {
    notify = new NotifyFixture(database, redis);
  }

  @AfterEach
  void close() {
    notify.close();
  }

  private void settled() {
    await().untilAsserted(() -> assertThat(notify.size()).isEqualTo(EMPTY));
  }

  @Test
  @DisplayName("sends one notification for fifty hints of one conversation")
  void fiftyHints() {
    notify.deploy(notify.config(Duration.ofMillis(100)));
    notify.unread(badge("bob", TRIP, 0, 50));
    notify.enqueue(
        IntStream.rangeClosed(1, 50)
            .mapToObj(seq -> hint("bob", TRIP, seq, Reason.OFFLINE))
            .toArray(Hint[]::new));
    settled();
    assertThat(notify.posted)
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.getSeq()).isEqualTo(50);
              assertThat(sent.getUnread()).isEqualTo(50);
              assertThat(sent.getTotalUnread()).isEqualTo(60);
              assertThat(sent.hasPreview()).isFalse();
            });
  }

  @Test
  @DisplayName("sends nothing to whom has come back and read within the grace")
  void readInTime() {
    notify.deploy(notify.config(Duration.ofSeconds(1)));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.unread(badge("carol", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE), hint("carol", TRIP, 5, Reason.OFFLINE));
    assertThat(notify.size()).as("both wait").isEqualTo(new QueueSize(0, 2, 0));
    notify.unread(badge("bob", TRIP, 5, 5));
    settled();
    assertThat(notify.posted).extracting(Notification::getUserId).containsExactly("carol");
  }

  @Test
  @DisplayName("does not notify twice about one entry, but about a later one")
  void onlyOnce() {
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    settled();
    notify.unread(badge("bob", TRIP, 0, 6));
    notify.enqueue(hint("bob", TRIP, 5, Reason.UNCONFIRMED));
    settled();
    assertThat(notify.posted).extracting(Notification::getSeq).containsExactly(5);
    notify.enqueue(hint("bob", TRIP, 6, Reason.UNCONFIRMED));
    settled();
    assertThat(notify.posted).extracting(Notification::getSeq).containsExactly(5, 6);
  }

  @Test
  @DisplayName("tries again when the webhook fails, with the same key")
  void retries() {
    AtomicInteger calls = new AtomicInteger();
    notify.webhook =
        request -> request.response().setStatusCode(calls.incrementAndGet() < 3 ? 500 : 200).end();
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    settled();
    assertThat(notify.posted).hasSize(3);
    assertThat(notify.posted)
        .extracting(Notification::getIdempotencyKey)
        .containsOnly(notify.posted.getFirst().getIdempotencyKey());
  }

  @Test
  @DisplayName("waits for the message service, and then sends what it says")
  void messagesAway() {
    notify.messagesAway = true;
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(notify.size().dead()).isZero());
    assertThat(notify.posted).isEmpty();
    notify.messagesAway = false;
    settled();
    assertThat(notify.posted).hasSize(1);
  }

  @Test
  @DisplayName("does not send what has become too old")
  void tooOld() {
    notify.messagesAway = true;
    notify.deploy(notify.config(Duration.ofMillis(200), Duration.ofMillis(201)));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    await().untilAsserted(() -> assertThat(notify.size().dead()).isEqualTo(1));
    notify.messagesAway = false;
    assertThat(notify.posted).isEmpty();
  }

  @Test
  @DisplayName("gives up after its attempts, and keeps a dead letter; others are not held up")
  void givesUp() {
    notify.webhook =
        request ->
            request
                .response()
                .setStatusCode(notify.posted.getLast().getUserId().equals("bob") ? 500 : 200)
                .end();
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    await().untilAsserted(() -> assertThat(notify.size()).isEqualTo(new QueueSize(0, 0, 1)));
    assertThat(notify.posted).hasSize(3);
    notify.unread(badge("carol", TRIP, 0, 5));
    notify.enqueue(hint("carol", TRIP, 5, Reason.OFFLINE));
    await().untilAsserted(() -> assertThat(notify.posted).hasSize(4));
  }

  @Test
  @DisplayName("asks no second time who said no")
  void rejected() {
    notify.webhook = request -> request.response().setStatusCode(410).end();
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    await().untilAsserted(() -> assertThat(notify.size()).isEqualTo(new QueueSize(0, 0, 1)));
    assertThat(notify.posted).hasSize(1);
  }

  @Test
  @DisplayName("takes over what a consumer held that died at work")
  void deadConsumer() {
    NotifyConfig config = notify.config(Duration.ZERO);
    String first = notify.deploy(config);
    notify.vertx.undeploy(first).await();
    notify.unread(badge("bob", TRIP, 0, 5));
    new EnqueueService(notify.queue(), Duration.ZERO, notify.mesh.clock())
        .enqueue(
            EnqueueRequest.newBuilder().addHints(hint("bob", TRIP, 5, Reason.UNCONFIRMED)).build())
        .await();
    QueueReader dying = new QueueReader(notify.redis, config.queue(), "dying");
    await().until(() -> !dying.read(64).await().isEmpty());
    notify.deploy(config);
    settled();
    assertThat(notify.posted).hasSize(1);
  }

  @Test
  @DisplayName("goes on after Redis has lost its memory")
  void wiped() {
    notify.deploy(notify.config(Duration.ZERO));
    notify.unread(badge("bob", TRIP, 0, 5));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    settled();
    notify.redis.send(Request.cmd(Command.FLUSHDB)).await();
    notify.unread(badge("bob", WORK, 0, 1));
    notify.enqueue(hint("bob", WORK, 1, Reason.OFFLINE));
    await().untilAsserted(() -> assertThat(notify.posted).hasSize(2));
  }

  @Test
  @DisplayName("sends nothing about a conversation that is gone")
  void gone() {
    notify.deploy(notify.config(Duration.ZERO));
    notify.enqueue(hint("bob", TRIP, 5, Reason.OFFLINE));
    settled();
    assertThat(notify.posted).isEmpty();
  }
}
