package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.SendReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message that is sent")
class SendingTest extends ClientTestBase {

  @Test
  @DisplayName("is acknowledged with its seq, and comes back as an entry")
  void acknowledged() {
    server.answer("messages.send", call -> committed(1));
    connected();

    OutgoingMessage message = client.send("bob", "hi 你好 👋");

    assertThat(message.committed().join().getSeq()).isEqualTo(1);
    eventually("the entry", () -> heard.entries.size() == 1);
    assertThat(heard.entries.getFirst().getClientMsgId()).isEqualTo(message.clientMsgId());
    assertThat(heard.entries.getFirst().getSender()).isEqualTo("alice");
    assertThat(heard.entries.getFirst().getText().getBody()).isEqualTo("hi 你好 👋");
  }

  @Test
  @DisplayName("waits for the connection")
  void waitsForTheConnection() {
    server.answer("messages.send", call -> committed(1));
    OutgoingMessage message = client.send("bob", "early");

    connected();

    assertThat(message.committed().join().getSeq()).isEqualTo(1);
  }

  @Test
  @DisplayName("leaves again after the connection broke, with the same id and in the same order")
  void sentAgain() {
    server.silent("messages.send");
    FakeConnection first = connected();
    List<OutgoingMessage> messages =
        IntStream.rangeClosed(1, 5).mapToObj(i -> client.send("bob", "m" + i)).toList();
    List<ClientFrame> before = first.expect("messages.send", 5);
    first.reply(before.get(0), committed(1));
    messages.get(0).committed().join();

    first.close();
    eventually("second connection", () -> server.connections.size() == 2);
    List<ClientFrame> after = server.connection(2).expect("messages.send", 4);

    assertThat(bodies(after)).containsExactly("m2", "m3", "m4", "m5");
    assertThat(ids(after)).isEqualTo(ids(before.subList(1, 5)));
    IntStream.range(0, 4).forEach(i -> server.connection(2).reply(after.get(i), committed(i + 2)));
    messages.forEach(
        message -> assertThat(message.committed()).succeedsWithin(Duration.ofSeconds(5)));
  }

  @Test
  @DisplayName(
      "is tried again after a retryable refusal, behind those before it, before those after it")
  void keepsOrder() {
    List<String> log = new CopyOnWriteArrayList<>();
    AtomicBoolean overloaded = new AtomicBoolean(true);
    server.on(
        "messages.send",
        (connection, call) -> {
          String body = decode(Calls.SEND, call).getText().getBody();
          if (body.equals("m2") && overloaded.getAndSet(false)) {
            connection.refuse(call, ErrorCode.OVERLOADED);
          } else if (!body.equals("m" + (log.size() + 1))) {
            connection.refuse(call, ErrorCode.OUT_OF_ORDER);
          } else {
            log.add(body);
            connection.reply(call, committed(log.size()));
          }
        });
    FakeConnection connection = connected();
    List<CompletableFuture<SendReply>> replies =
        IntStream.rangeClosed(1, 4).mapToObj(i -> client.send("bob", "m" + i).committed()).toList();

    eventually("all committed", () -> replies.stream().allMatch(CompletableFuture::isDone));

    assertThat(log).containsExactly("m1", "m2", "m3", "m4");
    assertThat(bodies(connection.calls("messages.send")))
        .containsExactly("m1", "m2", "m3", "m4", "m2", "m3", "m4");
  }

  @Test
  @DisplayName("waits as long as a rate limit asks")
  void rateLimited() {
    AtomicInteger tries = new AtomicInteger();
    server.on(
        "messages.send",
        (connection, call) -> {
          if (tries.getAndIncrement() == 0) {
            connection.refuse(
                call,
                new SkeinException(ErrorCode.RATE_LIMITED, "slowly")
                    .withRetryAfter(Duration.ofSeconds(5)));
          } else {
            connection.reply(call, committed(1));
          }
        });
    FakeConnection connection = connected();
    OutgoingMessage message = client.send("bob", "hi");
    connection.expect("messages.send", 1);

    loop.advance(Duration.ofMillis(4_900));
    staysAt(1, () -> connection.calls("messages.send").size());
    loop.advance(Duration.ofMillis(300));
    assertThat(message.committed().join().getSeq()).isEqualTo(1);
  }

  @Test
  @DisplayName("fails for good where the server says so, and stops nobody behind it")
  void refusedForGood() {
    server.on(
        "messages.send",
        (connection, call) -> {
          if (decode(Calls.SEND, call).getText().getBody().equals("bad")) {
            connection.refuse(call, ErrorCode.TOO_LARGE);
          } else {
            connection.reply(call, committed(1));
          }
        });
    FakeConnection connection = connected();
    OutgoingMessage bad = client.send("bob", "bad");
    OutgoingMessage good = client.send("bob", "good");

    assertThat(good.committed().join().getSeq()).isEqualTo(1);
    assertThatThrownBy(bad.committed()::join)
        .cause()
        .isInstanceOfSatisfying(
            SkeinException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertThat(connection.calls("messages.send")).hasSize(2);
  }

  @Test
  @DisplayName("is sent again when the server does not answer it at all")
  void neverAnswered() {
    server.silent("messages.send");
    FakeConnection connection = connected();
    OutgoingMessage message = client.send("bob", "hi");
    connection.expect("messages.send", 1);
    server.answer("messages.send", call -> committed(1));

    eventually("committed", () -> message.committed().isDone());
    assertThat(ids(connection.calls("messages.send")))
        .hasSize(2)
        .containsOnly(message.clientMsgId());
  }

  @Test
  @DisplayName("is refused here when too many wait already")
  void outboxIsBounded() {
    client =
        describe(new MemoryStateStore()).configure(config -> config.withOutboxLimit(3)).build();
    IntStream.range(0, 3).forEach(i -> client.send("bob", "m" + i));

    assertThatThrownBy(client.send("bob", "too many").committed()::join)
        .cause()
        .isInstanceOfSatisfying(
            SkeinException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
  }

  @Test
  @DisplayName("survives the program in a store that does")
  void survivesTheProgram() {
    MemoryStateStore store = new MemoryStateStore();
    server.silent("messages.send");
    client = describe(store).build();
    FakeConnection first = connected();
    String id = client.send("bob", "important").clientMsgId();
    first.expect("messages.send", 1);
    first.close();

    client =
        new SkeinClientBuilder(server.endpoint())
            .token("t")
            .device("phone-1", "android")
            .store(store)
            .build();
    client.connect().join();

    List<ClientFrame> sends =
        server.connection(server.connections.size()).expect("messages.send", 1);
    assertThat(ids(sends)).containsExactly(id);
  }

  @Test
  @DisplayName("never exceeds the window, nor the calls in flight that the server grants")
  void staysWithinLimits() {
    server.silent("messages.send");
    client = describe(new MemoryStateStore()).configure(config -> config.withSendWindow(4)).build();
    FakeConnection connection = connected();
    IntStream.range(0, 10).forEach(i -> client.send("bob", "m" + i));
    List<ClientFrame> sent = connection.expect("messages.send", 4);
    staysAt(4, () -> connection.calls("messages.send").size());

    connection.reply(sent.get(0), committed(1));

    assertThat(bodies(connection.expect("messages.send", 5)).getLast()).isEqualTo("m4");
  }
}
