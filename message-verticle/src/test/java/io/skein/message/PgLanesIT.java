package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Lanes into Postgres")
class PgLanesIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private Given given;
  private PgServices one;
  private PgServices other;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    given = new Given(behind);
    one = new PgServices(loop, database);
    other = new PgServices(loop, database);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  @DisplayName("One poisoned message among 255 good ones is refused alone")
  void isolatesPoison() {
    UUID trip = given.group("alice", "bob");
    List<Future<SendReply>> good = new ArrayList<>(one.sendTogether("alice", texts(trip, 100)));
    Future<SendReply> poisoned = one.send("mal\u0000lory", texts(trip, 1).getFirst());
    good.addAll(one.sendTogether("alice", texts(trip, 155)));

    assertThat(good.stream().map(Given::get).map(SendReply::getSeq))
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 256).boxed().toList());
    assertThat(poisoned.cause())
        .isInstanceOfSatisfying(
            SkeinException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThat(given.seqs(trip, "bob")).hasSize(256);
  }

  @Test
  @DisplayName("More than a batch for a locked conversation holds up no other, and loses no order")
  void goesRoundLocks() {
    UUID locked = given.group("alice", "bob");
    UUID free = groupInLaneOf(locked);
    List<Future<SendReply>> behindLock;
    try (Stores.Lock lock = behind.lock(locked)) {
      behindLock = one.sendTogether("alice", texts(locked, 600));
      List<Future<SendReply>> flowing = one.sendTogether("alice", texts(free, 600));
      assertThat(flowing.stream().map(Given::get).map(SendReply::getSeq))
          .containsExactlyElementsOf(IntStream.rangeClosed(2, 601).boxed().toList());
      assertThat(behindLock).noneMatch(Future::isComplete);
    }
    assertThat(behindLock.stream().map(Given::get).map(SendReply::getSeq))
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 601).boxed().toList());
  }

  @Test
  @DisplayName("Two instances given the same messages at the same moment answer the same seqs")
  void agree() {
    for (int round = 0; round < 20; round++) {
      List<SendRequest> same =
          IntStream.range(0, 20).mapToObj(i -> toUser("bob" + i % 4, "n" + i)).toList();
      List<Future<SendReply>> replies = one.sendTogether("alice", same);
      List<Future<SendReply>> others = other.sendTogether("alice", same);
      assertThat(replies.stream().map(Given::get).toList())
          .isEqualTo(others.stream().map(Given::get).toList());
    }
    for (int i = 0; i < 4; i++) {
      UUID conversation = DirectPair.of("alice", "bob" + i).conversationId();
      assertThat(given.seqs(conversation, "alice"))
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }
  }

  private UUID groupInLaneOf(UUID conversation) {
    int lanes = MessageConfig.defaults().lanes();
    UUID group = given.group("alice", "bob");
    while (Math.floorMod(group.hashCode(), lanes)
        != Math.floorMod(conversation.hashCode(), lanes)) {
      group = given.group("alice", "bob");
    }
    return group;
  }

  private static List<SendRequest> texts(UUID conversation, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> toConversation(conversation.toString(), "n" + i))
        .toList();
  }
}
