package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.FakeServices.SentMessage;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages that are pipelined into one conversation")
class SendOrderingTest extends GatewayTest {

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
              default -> append(sent, log, ConcurrentHashMap.newKeySet());
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
