package io.skein.message;

import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.OwnStores;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A Postgres that fails")
class PgFaultIT {
  private static final UUID CONVERSATION = DirectPair.of("alice", "bob").conversationId();

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final OwnStores servers = new OwnStores();
  private final List<SendReply> acked = new ArrayList<>();
  private PgStores behind;
  private CutLine line;
  private PgServices services;

  @BeforeEach
  void start() {
    PostgresAddress address = servers.postgres().start();
    TestPostgres.migrate(address, "message");
    behind = new PgStores(loop.vertx(), address);
    line = new CutLine(loop.vertx(), address);
    services = new PgServices(loop, line.address());
  }

  @AfterEach
  void stop() {
    services.close();
    line.close();
    Given.get(behind.pool().close());
    servers.close();
  }

  @Test
  @DisplayName("Killed: the answer is retryable; back again: it goes on by itself, nothing lost")
  void comesBack() {
    sendAll(20);
    servers.postgres().kill();
    SendRequest during = toUser("bob", "while it is away");
    assertThat(failure(during).retryable()).isTrue();
    assertThat(failure(toUser("bob", "and again")).retryable()).isTrue();

    servers.postgres().start();
    services.untilAcked("alice", List.of(during)).forEach(reply -> acked.add(Given.get(reply)));
    sendAll(20);
    assertNothingLost();
  }

  @Test
  @DisplayName("Killed right after a commit, before its answer: each message is there, once")
  void remembersWhatItCommitted() {
    sendAll(20);
    line.mute();
    List<Future<SendReply>> unanswered = start(50);
    await().until(() -> log().size() == 70);
    servers.postgres().kill();
    line.cut();
    assertThat(unanswered).noneMatch(Future::succeeded);

    servers.postgres().start();
    unanswered.forEach(reply -> acked.add(Given.get(reply)));
    assertThat(log()).hasSize(70);
    assertNothingLost();
  }

  @Test
  @DisplayName("Killed under load, again and again: what was acknowledged is there, all of it once")
  void survivesKills() {
    for (int round = 0; round < 3; round++) {
      List<Future<SendReply>> replies = start(2000);
      await().until(() -> replies.stream().anyMatch(Future::isComplete));
      servers.postgres().kill();
      servers.postgres().start();
      replies.forEach(reply -> acked.add(Given.get(reply)));
    }
    assertThat(acked).hasSize(6000);
    assertNothingLost();
  }

  @Test
  @DisplayName("Connections cut at any moment, also around a commit: each message once, in order")
  void survivesCutConnections() {
    Thread cutter = Thread.ofVirtual().start(this::cutConnections);
    try {
      for (int round = 0; round < 40; round++) {
        sendAll(50);
      }
    } finally {
      cutter.interrupt();
    }
    assertThat(acked).hasSize(2000);
    assertNothingLost();
  }

  private void cutConnections() {
    while (!Thread.currentThread().isInterrupted()) {
      behind.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'vertx-pg-client' AND random() < 0.2");
    }
  }

  /** Sends so many at once, and each again until it has been acknowledged. */
  private List<Future<SendReply>> start(int count) {
    return services.untilAcked(
        "alice", IntStream.range(0, count).mapToObj(i -> toUser("bob", "message " + i)).toList());
  }

  private void sendAll(int count) {
    start(count).forEach(reply -> acked.add(Given.get(reply)));
  }

  private SkeinException failure(SendRequest request) {
    Future<SendReply> reply = services.send("alice", request);
    await().until(reply::isComplete);
    return (SkeinException) reply.cause();
  }

  private List<Entry> log() {
    return new Given(behind).history(CONVERSATION, "bob");
  }

  /** Each acked seq stands in the log once, there is no gap, and all of it is delivered. */
  private void assertNothingLost() {
    List<Entry> log = log();
    assertThat(log)
        .extracting(Entry::seq)
        .isEqualTo(IntStream.rangeClosed(1, log.size()).boxed().toList());
    assertThat(log).extracting(Entry::clientMsgId).doesNotHaveDuplicates();
    assertThat(acked).extracting(SendReply::getSeq).doesNotHaveDuplicates();
    assertThat(log)
        .extracting(Entry::seq)
        .containsAll(acked.stream().map(SendReply::getSeq).toList());
    assertThat(new Given(behind).unread(CONVERSATION, "bob")).isEqualTo(log.size());
    await()
        .until(
            () -> {
              services.sweep();
              return services.deliveredSeqs().size() == log.size();
            });
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
