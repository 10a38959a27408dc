package io.skein.notify.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.store.RedisConfig;
import io.skein.mesh.store.RedisStore;
import io.skein.notify.queue.HintQueue.Delayed;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The queue of hints in Redis")
@ExtendWith(StoresExtension.class)
class RedisHintQueueIT {
  private static final Duration NEVER = Duration.ofHours(1);

  private Vertx vertx;
  private RedisStore redis;

  @BeforeEach
  void open(RedisAddress address) {
    vertx = Vertx.vertx();
    redis = new RedisStore(vertx, RedisConfig.of(address.uri()));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static QueueConfig config(int maxDelayed, Duration orphanedAfter) {
    return new QueueConfig(1000, maxDelayed, 100, 64, Duration.ofMillis(20), orphanedAfter, 5);
  }

  private HintQueue queue(Duration orphanedAfter) {
    return new RedisHintQueue(redis, config(100, orphanedAfter));
  }

  private QueueReader reader(String consumer) {
    return new QueueReader(redis, config(100, NEVER), consumer);
  }

  private static QueuedHint hint(int seq) {
    return QueuedHint.newBuilder()
        .setHint(Hint.newBuilder().setUserId("bob").setConversationId("c").setSeq(seq))
        .build();
  }

  private void add(HintQueue queue, Duration delay, int... seqs) {
    queue.add(IntStream.of(seqs).mapToObj(seq -> new Delayed(hint(seq), delay)).toList()).await();
  }

  private static List<Integer> seqs(List<QueueEntry> entries) {
    return entries.stream().map(RedisHintQueueIT::seq).toList();
  }

  private static int seq(QueueEntry entry) {
    try {
      return QueuedHint.parseFrom(entry.payload()).getHint().getSeq();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The first reads find no group yet, and make it. */
  private static List<QueueEntry> read(QueueReader reader) {
    return await().until(() -> reader.read(64).await(), entries -> !entries.isEmpty());
  }

  private Response ask(Command command, String... arguments) {
    Request request = Request.cmd(command);
    List.of(arguments).forEach(request::arg);
    return redis.send(request).await();
  }

  private long pending() {
    return ask(Command.XPENDING, QueueKeys.QUEUE, QueueKeys.GROUP).get(0).toLong();
  }

  @Test
  @DisplayName("gives each hint to one consumer, in order, with all its content")
  void oneConsumer() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 1, 2, 3);
    assertThat(seqs(read(reader("one")))).containsExactly(1, 2, 3);
    assertThat(reader("two").read(64).await()).isEmpty();
  }

  @Test
  @DisplayName("forgets a hint when it is settled, not before")
  void settled() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 1, 2);
    List<QueueEntry> read = read(reader("one"));
    assertThat(queue.size().await().length()).isEqualTo(2);
    queue.done(read.stream().map(QueueEntry::id).toList()).await();
    assertThat(queue.size().await()).isEqualTo(new QueueSize(0, 0, 0));
    assertThat(pending()).isZero();
  }

  @Test
  @DisplayName("keeps a hint back until its time has come")
  void delays() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ofHours(1), 1);
    add(queue, Duration.ofMillis(1), 2);
    await().until(() -> queue.moveDue().await(), moved -> moved == 1);
    assertThat(seqs(read(reader("one")))).containsExactly(2);
    assertThat(queue.size().await().delayed()).isEqualTo(1);
  }

  @Test
  @DisplayName("loses nothing when more are to wait than may: those go at once")
  void fullWaitingRoom() {
    HintQueue queue = new RedisHintQueue(redis, config(2, NEVER));
    add(queue, Duration.ofHours(1), 1, 2, 3, 4);
    assertThat(queue.size().await()).isEqualTo(new QueueSize(2, 2, 0));
  }

  @Test
  @DisplayName("gives what a consumer held for too long to another one, and counts that")
  void orphans() {
    HintQueue queue = queue(Duration.ofMillis(1));
    add(queue, Duration.ZERO, 1, 2);
    assertThat(read(reader("dead"))).hasSize(2);
    List<QueueEntry> claimed =
        await().until(() -> queue.claimOrphans("alive").await(), all -> all.size() == 2);
    assertThat(seqs(claimed)).containsExactly(1, 2);
    assertThat(claimed).extracting(QueueEntry::deliveries).containsOnly(1);
    await().until(() -> queue.claimOrphans("third").await().getFirst().deliveries() == 2);
  }

  @Test
  @DisplayName("leaves with its consumer what that has not held for long")
  void notOrphans() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 1);
    read(reader("slow"));
    assertThat(queue.claimOrphans("greedy").await()).isEmpty();
  }

  @Test
  @DisplayName("does not go on about an orphan that was trimmed away")
  void trimmedOrphan() {
    HintQueue queue = queue(Duration.ofMillis(1));
    add(queue, Duration.ZERO, 1);
    read(reader("dead"));
    ask(Command.XTRIM, QueueKeys.QUEUE, "MAXLEN", "0");
    await()
        .untilAsserted(
            () -> {
              assertThat(queue.claimOrphans("alive").await()).isEmpty();
              assertThat(pending()).isZero();
            });
  }

  @Test
  @DisplayName("removes consumers that are gone, but not with what they hold")
  void forgets() {
    HintQueue queue = queue(Duration.ofMillis(1));
    add(queue, Duration.ZERO, 1);
    List<QueueEntry> held = read(reader("gone"));
    add(queue, Duration.ZERO, 2);
    queue.done(List.of(read(reader("alive")).getFirst().id())).await();
    assertThat(queue.forgetConsumers(List.of("alive")).await()).as("it holds a hint").isZero();
    queue.done(List.of(held.getFirst().id())).await();
    await().until(() -> queue.forgetConsumers(List.of("alive")).await() == 1);
    Response left = ask(Command.XINFO, "CONSUMERS", QueueKeys.QUEUE, QueueKeys.GROUP);
    assertThat(left).hasSize(1);
  }

  @Test
  @DisplayName("exchanges hints for one that comes later")
  void retry() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 1, 2);
    List<String> ids = read(reader("one")).stream().map(QueueEntry::id).toList();
    queue.retry(ids, hint(2), Duration.ofMillis(1)).await();
    assertThat(queue.size().await()).isEqualTo(new QueueSize(0, 1, 0));
    assertThat(pending()).isZero();
    await().until(() -> queue.moveDue().await(), moved -> moved == 1);
    assertThat(seqs(read(reader("two")))).containsExactly(2);
  }

  @Test
  @DisplayName("makes dead letters that say why")
  void buries() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 7);
    List<String> ids = read(reader("one")).stream().map(QueueEntry::id).toList();
    queue.bury(ids, hint(7).toBuilder().setAttempts(3).build(), "it said no").await();
    assertThat(queue.size().await()).isEqualTo(new QueueSize(0, 0, 1));
    assertThat(ask(Command.XRANGE, QueueKeys.DEAD, "-", "+").toString())
        .contains("user, bob", "seq, 7", "attempts, 3", "reason, it said no");
  }

  @Test
  @DisplayName("buries what is to wait when no more may wait")
  void noRoomToWait() {
    HintQueue queue = new RedisHintQueue(redis, config(1, NEVER));
    add(queue, Duration.ofHours(1), 1);
    add(queue, Duration.ZERO, 2);
    List<String> ids = read(reader("one")).stream().map(QueueEntry::id).toList();
    queue.retry(ids, hint(2), Duration.ofSeconds(1)).await();
    assertThat(queue.size().await()).isEqualTo(new QueueSize(0, 1, 1));
  }

  @Test
  @DisplayName("is bounded: the oldest hints go first")
  void bounded() {
    HintQueue queue = queue(NEVER);
    for (int i = 0; i < 50; i++) {
      add(queue, Duration.ZERO, IntStream.rangeClosed(1, 100).toArray());
    }
    assertThat(queue.size().await().length()).isBetween(1000L, 1200L);
  }

  @Test
  @DisplayName("goes on after Redis has lost its memory")
  void wiped() {
    HintQueue queue = queue(NEVER);
    add(queue, Duration.ZERO, 1);
    QueueReader reader = reader("one");
    assertThat(seqs(read(reader))).containsExactly(1);
    ask(Command.FLUSHDB);
    assertThat(queue.claimOrphans("one").await()).isEmpty();
    assertThat(queue.forgetConsumers(List.of("one")).await()).isZero();
    ask(Command.FLUSHDB);
    add(queue, Duration.ZERO, 2);
    assertThat(seqs(read(reader))).containsExactly(2);
  }

  @Test
  @DisplayName("is read again after the connection of a reader was cut")
  void cutConnection() {
    HintQueue queue = queue(NEVER);
    QueueReader reader = reader("one");
    add(queue, Duration.ZERO, 1);
    read(reader);
    ask(Command.CLIENT, "KILL", "TYPE", "normal");
    addAgain(queue);
    assertThat(
            await()
                .until(() -> reader.read(64).otherwise(List.of()).await(), all -> !all.isEmpty()))
        .hasSize(1);
  }

  /** The pool, too, has lost its connections. */
  private static void addAgain(HintQueue queue) {
    await()
        .until(
            () ->
                queue
                    .add(List.of(new Delayed(hint(2), Duration.ZERO)))
                    .map(true)
                    .otherwise(false)
                    .await());
  }
}
