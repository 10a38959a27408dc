package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A lane")
class BatchLaneTest {
  private static final String AGAIN = "again";
  private static final long FAR = Long.MAX_VALUE / 2;

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final AtomicLong now = new AtomicLong();
  private final List<List<Integer>> batches = new ArrayList<>();
  private final List<Promise<List<String>>> replies = new ArrayList<>();
  private BatchLane<Integer, String> lane;

  @BeforeEach
  void open() {
    lane =
        new BatchLane<>(
            loop.vertx(),
            items -> {
              batches.add(items);
              Promise<List<String>> reply = Promise.promise();
              replies.add(reply);
              return reply.future();
            },
            item -> item < 100 ? item : item / 100,
            AGAIN::equals,
            new LaneLimits(3, 5),
            now::get);
  }

  @Test
  @DisplayName(
      "What arrives in one turn of the loop goes together, and the rest fills the next batch")
  void fillsWhileOneIsUnderWay() {
    List<Future<String>> first = submit(1, 2);
    List<Future<String>> later = submit(3, 4, 5, 6);
    assertThat(batches).containsExactly(List.of(1, 2));

    reply(0, "a", "b");
    assertThat(batches).containsExactly(List.of(1, 2), List.of(3, 4, 5));
    reply(1, "c", "d", "e");
    reply(2, "f");
    assertThat(first).extracting(Future::result).containsExactly("a", "b");
    assertThat(later).extracting(Future::result).containsExactly("c", "d", "e", "f");
    assertThat(lane.isIdle()).isTrue();
  }

  @Test
  @DisplayName("A full queue refuses at once, and says that it may be tried again")
  void refusesWhenFull() {
    submit(1);
    List<Future<String>> waiting = submit(2, 3, 4, 5, 6);
    Future<String> refused = submit(7).getFirst();
    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            SkeinException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
              assertThat(e.retryable()).isTrue();
            });
    assertThat(waiting).noneMatch(Future::isComplete);
    assertThat(lane.depth()).isEqualTo(5);
  }

  @Test
  @DisplayName("What has waited too long is never worked on; what is under way is not cancelled")
  void keepsDeadlines() {
    Future<String> underWay = submitUntil(10, 1);
    Future<String> late = submitUntil(10, 2);
    Future<String> inTime = submitUntil(100, 3);
    now.set(50);
    reply(0, "a");
    assertThat(underWay.result()).isEqualTo("a");
    assertThat(((SkeinException) late.cause()).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(batches.get(1)).containsExactly(3);
    assertThat(inTime.isComplete()).isFalse();
  }

  @Test
  @DisplayName("What is busy goes back to the front, in its order")
  void putsBack() {
    submit(1, 2, 3);
    submit(4, 5);
    reply(0, AGAIN, "b", AGAIN);
    assertThat(batches.get(1)).containsExactly(1, 3, 4);
    reply(1, "a", "c", "d");
    assertThat(batches.get(2)).containsExactly(5);
  }

  @Test
  @DisplayName("What waits behind a lock is tried one at a time, and holds up nothing else")
  void goesRoundLocks() {
    submit(100, 101, 102);
    submit(103, 200);
    reply(0, AGAIN, AGAIN, AGAIN);
    assertThat(batches.get(1)).containsExactly(100, 200);
    reply(1, AGAIN, "free");
    reply(2, AGAIN); // All that is left is locked: it pauses.
    Future<String> other = submit(300).getFirst();
    assertThat(batches.get(3)).containsExactly(100, 300);
    reply(3, "first", "free, too");
    assertThat(other.result()).isEqualTo("free, too");
    assertThat(batches.get(4)).containsExactly(101, 102, 103);
  }

  @Test
  @DisplayName("With more locks than a batch has room for, what is free has a part of each batch")
  void leavesRoomBesideLocks() {
    submit(1, 2, 3, 4, 5);
    reply(0, AGAIN, AGAIN, AGAIN);
    assertThat(batches.get(1)).containsExactly(1, 2, 4);
    reply(1, AGAIN, AGAIN, "free");
    assertThat(batches.get(2)).containsExactly(1, 3, 5);
    reply(2, AGAIN, "free", "free");
    assertThat(batches.get(3)).containsExactly(1, 2);
  }

  @Test
  @DisplayName("When all is busy it pauses, then tries again")
  void pauses() {
    submit(1);
    reply(0, AGAIN);
    assertThat(lane.isIdle()).isFalse();
    Awaitility.await().until(() -> batches.size() > 1);
    assertThat(batches.get(1)).containsExactly(1);
  }

  @Test
  @DisplayName("A batch that fails fails its items, and the lane goes on")
  void survivesFailures() {
    List<Future<String>> first = submit(1, 2);
    List<Future<String>> second = submit(3);
    loop.run(
        () -> {
          replies.getFirst().fail("no");
          return Future.succeededFuture();
        });
    turn();
    assertThat(first).allMatch(Future::failed);
    reply(1, "c");
    assertThat(second.getFirst().result()).isEqualTo("c");
  }

  private List<Future<String>> submit(Integer... items) {
    List<Future<String>> futures = new ArrayList<>();
    loop.run(
        () -> {
          for (Integer item : items) {
            futures.add(lane.submit(item, FAR));
          }
          return Future.succeededFuture();
        });
    turn();
    return futures;
  }

  private Future<String> submitUntil(long deadline, int item) {
    List<Future<String>> futures = new ArrayList<>();
    loop.run(
        () -> {
          futures.add(lane.submit(item, deadline));
          return Future.succeededFuture();
        });
    turn();
    return futures.getFirst();
  }

  private void reply(int batch, String... results) {
    loop.run(
        () -> {
          replies.get(batch).complete(List.of(results));
          return Future.succeededFuture();
        });
    turn();
  }

  /** Lets everything run that has been put off to later turns. */
  private void turn() {
    IntStream.range(0, 3).forEach(i -> loop.run(Future::succeededFuture));
  }
}
