package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.FakeServices.SentMessage;
import io.skein.gateway.config.GatewayConfig;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages that are pipelined into one conversation")
class SendOrderingTest extends GatewayTest {

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withLimits(defaults.limits().withRate(100, 30).withMaxInFlight(200));
  }

  @Test
  @DisplayName("name the unanswered one before them, each conversation by itself")
  void namesThePredecessor() {
    Promise<SendReply> answer = Promise.promise();
    services.onSend = sent -> answer.future();
    try (TcpJson alice = json().connect("alice")) {
      alice.message(2, "bob", "a").message(3, "bob", "b").message(4, "carol", "c");
      await().until(() -> services.sent.size() == 3);
      answer.complete(SendReply.getDefaultInstance());
      alice.next();
      alice.next();
      alice.next();
      alice.message(5, "bob", "d");
      alice.next();
    }
    assertThat(services.sent)
        .extracting(sent -> sent.request().getClientMsgId() + " after " + sent.predecessor())
        .containsExactlyInAnyOrder("m-2 after ", "m-3 after m-2", "m-4 after ", "m-5 after ");
  }

  @Test
  @DisplayName("keep their order when the first of them has to be tried again")
  void keepsTheOrderThroughRetries() {
    List<String> log = new CopyOnWriteArrayList<>();
    Set<String> failedOnce = ConcurrentHashMap.newKeySet();
    services.onSend = sent -> append(sent, log, failedOnce);
    try (TcpJson alice = json().connect("alice")) {
      alice.message(2, "bob", "1").message(3, "bob", "2").message(4, "bob", "3");
      for (int i = 0; i < 3; i++) {
        assertThat(alice.next().getJsonObject("result")).isNotNull();
      }
    }
    assertThat(log).containsExactly("m-2", "m-3", "m-4");
  }

  private static Future<SendReply> appendFirst(SentMessage sent, List<String> log) {
    log.add(sent.request().getClientMsgId());
    return FakeServices.committed(sent);
  }

  /** A log that does not take the first message at once, and nothing before what it follows. */
  private static Future<SendReply> append(
      SentMessage sent, List<String> log, Set<String> failedOnce) {
    String id = sent.request().getClientMsgId();
    boolean first = sent.predecessor().isEmpty();
    if ((first && failedOnce.add(id)) || (!first && !log.contains(sent.predecessor()))) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.OUT_OF_ORDER, "not yet: " + sent.predecessor()));
    }
    log.add(id);
    return FakeServices.committed(sent);
  }

  @Test
  @DisplayName("step over one that failed for good, and follow the one before it")
  void stepsOverFailures() {
    List<String> log = new CopyOnWriteArrayList<>();
    Promise<SendReply> first = Promise.promise();
    services.onSend =
        sent ->
            switch (sent.request().getClientMsgId()) {
              case "m-2" -> first.future();
              case "m-3" ->
                  Future.failedFuture(new SkeinException(ErrorCode.CONFLICT, "used before"));
              default ->
                  sent.predecessor().isEmpty()
                      ? appendFirst(sent, log)
                      : append(sent, log, ConcurrentHashMap.newKeySet());
            };
    try (TcpJson alice = json().connect("alice")) {
      alice.message(2, "bob", "1").message(3, "bob", "2");
      assertThat(alice.error(3).getString("code")).isEqualTo("conflict");
      alice.message(4, "bob", "3");
      await().until(() -> services.sent.size() > 3);
      assertThat(log).isEmpty();
      log.add("m-2");
      first.complete(SendReply.getDefaultInstance());
      alice.result(2);
      alice.result(4);
    }
    assertThat(log).containsExactly("m-2", "m-4");
  }

  @Test
  @DisplayName("do not pass one that the rate limit sent back")
  void holdsBehindTheRateLimit() {
    List<String> log = new CopyOnWriteArrayList<>();
    services.onSend =
        sent -> {
          log.add(sent.request().getClientMsgId());
          return FakeServices.committed(sent);
        };
    try (TcpJson alice = json().connect("alice")) {
      alice.send(pipelined(100));
      Set<Integer> refused = new TreeSet<>();
      for (int answers = 0; answers < 100; answers++) {
        JsonObject answer = alice.next();
        if (answer.containsKey("error")) {
          assertThat(answer.getJsonObject("error").getString("code"))
              .isIn("rate_limited", "out_of_order");
          refused.add(answer.getInteger("id"));
        }
      }
      assertThat(refused).isNotEmpty();
      // What was sent before the refusal was known has come meanwhile: it must wait, too.
      alice.message(102, "bob", "later");
      assertThat(alice.error(102).getString("code")).isIn("rate_limited", "out_of_order");
      refused.add(102);
      while (!refused.isEmpty()) {
        int next = refused.iterator().next();
        alice.message(next, "bob", "again");
        if (alice.next().containsKey("result")) {
          refused.remove(next);
        }
      }
    }
    assertThat(log).extracting(id -> Integer.parseInt(id.substring(2))).hasSize(101).isSorted();
  }

  /** Messages 2, 3, 4 … in one packet. */
  private static byte[] pipelined(int count) {
    return IntStream.range(2, 2 + count)
        .mapToObj(
            id ->
                "{\"id\":%d,\"method\":\"messages.send\",\"params\":{\"to\":{\"userId\":\"bob\"},\"clientMsgId\":\"m-%d\",\"text\":{\"body\":\"x\"}}}\n"
                    .formatted(id, id))
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("are sent back at once behind one that a service refuses for now")
  void sentBackBehindOneRefused() {
    Promise<SendReply> first = Promise.promise();
    services.onSend =
        sent ->
            sent.request().getClientMsgId().equals("m-2")
                ? first.future()
                : append(sent, List.of(), ConcurrentHashMap.newKeySet());
    try (TcpJson alice = json().connect("alice")) {
      alice.message(2, "bob", "1").message(3, "bob", "2");
      await().until(() -> services.sent.size() > 1);
      first.fail(new SkeinException(ErrorCode.OVERLOADED, "later"));
      assertThat(alice.error(2).getBoolean("retryable")).isTrue();
      assertThat(alice.error(3).getString("code")).isEqualTo("out_of_order");
      alice.message(4, "bob", "3");
      assertThat(alice.error(4).getString("code")).isEqualTo("out_of_order");
      services.onSend = FakeServices::committed;
      alice.message(2, "bob", "1");
      alice.result(2);
      alice.message(3, "bob", "2");
      alice.result(3);
      alice.message(4, "bob", "3");
      alice.result(4);
    }
  }

  @Test
  @DisplayName("do not wait for one that failed for good after they were sent")
  void stepsOverLateFailures() {
    Promise<SendReply> first = Promise.promise();
    List<String> log = new CopyOnWriteArrayList<>();
    services.onSend =
        sent ->
            sent.request().getClientMsgId().equals("m-2")
                ? first.future()
                : sent.predecessor().isEmpty()
                    ? FakeServices.committed(sent)
                    : append(sent, log, ConcurrentHashMap.newKeySet());
    try (TcpJson alice = json().connect("alice")) {
      alice.message(2, "bob", "1").message(3, "bob", "2");
      await().until(() -> services.sent.size() > 2);
      first.fail(new SkeinException(ErrorCode.INVALID_ARGUMENT, "never"));
      alice.error(2);
      long failed = System.nanoTime();
      alice.result(3);
      assertThat(Duration.ofNanos(System.nanoTime() - failed)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
