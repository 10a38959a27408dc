package io.skein.message;

import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.OwnStores;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A Postgres that fails")
class PgFaultIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private final OwnStores servers = new OwnStores();
  private final Set<Integer> delivered = ConcurrentHashMap.newKeySet();
  private final List<SendReply> acked = Collections.synchronizedList(new ArrayList<>());
  private PgStores behind;
  private PgConnections connections;
  private Services services;

  @BeforeEach
  void start() {
    PostgresAddress address = servers.postgres().start();
    TestPostgres.migrate(address, "message");
    Vertx vertx = loop.vertx();
    behind = new PgStores(vertx, address);
    MessageConfig config = MessageConfig.defaults();
    connections = new PgConnections(vertx, PgConnectOptions.fromUri(address.uri()), config);
    services =
        Services.over(
            connections.stores(),
            new Surroundings(
                vertx,
                UUID.randomUUID(),
                UUID::randomUUID,
                new Random(1),
                asked -> Future.succeededFuture(new HashSet<>(asked)),
                deliveries -> {
                  deliveries.forEach(delivery -> delivered.add(delivery.getSeq()));
                  return Future.succeededFuture();
                },
                new SimpleMeterRegistry()),
            config);
  }

  @AfterEach
  void stop() {
    Given.get(connections.close());
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
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> acked.add(Given.get(send(during))));
    sendAll(20);
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

  /** Sends so many at once and each again until it has been acknowledged, as clients do. */
  private void sendAll(int count) {
    List<Future<SendReply>> replies =
        IntStream.range(0, count).mapToObj(i -> untilAcked(toUser("bob", "message " + i))).toList();
    replies.forEach(reply -> acked.add(Given.get(reply)));
  }

  private Future<SendReply> untilAcked(SendRequest request) {
    return send(request)
        .recover(
            failure ->
                failure instanceof SkeinException refused && refused.retryable()
                    ? untilAcked(request)
                    : Future.failedFuture(failure));
  }

  private Future<SendReply> send(SendRequest request) {
    return loop.start(() -> services.messages().send(by("alice"), request));
  }

  private SkeinException failure(SendRequest request) {
    Future<SendReply> reply = send(request);
    Awaitility.await().until(reply::isComplete);
    return (SkeinException) reply.cause();
  }

  /** Each acked seq stands in the log once, there is no gap, and all of it is delivered. */
  private void assertNothingLost() {
    Given given = new Given(behind);
    UUID conversation = DirectPair.of("alice", "bob").conversationId();
    List<Entry> log = given.history(conversation, "bob");
    assertThat(log)
        .extracting(Entry::seq)
        .isEqualTo(IntStream.rangeClosed(1, log.size()).boxed().toList());
    assertThat(log).extracting(Entry::clientMsgId).doesNotHaveDuplicates();
    assertThat(acked).extracting(SendReply::getSeq).doesNotHaveDuplicates();
    assertThat(log)
        .extracting(Entry::seq)
        .containsAll(acked.stream().map(SendReply::getSeq).toList());
    assertThat(given.unread(conversation, "bob")).isEqualTo(log.size());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              loop.run(() -> services.sweeper().sweep());
              return delivered.size() == log.size();
            });
  }
}
