package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.RegisterReply;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call")
class CallsTest extends ClientTestBase {

  @Test
  @DisplayName("is answered")
  void answered() {
    server.answer(
        "conversations.read", call -> ReadReply.newBuilder().setReadSeq(7).setUnread(2).build());
    connected();

    assertThat(client.read(CONVERSATION, 7).join().getUnread()).isEqualTo(2);
  }

  @Test
  @DisplayName("that is idempotent is made again after the connection broke")
  void repeated() {
    server.silent("conversations.read");
    FakeConnection first = connected();
    CompletableFuture<ReadReply> reading = client.read(CONVERSATION, 7);
    first.expect("conversations.read", 1);
    server.answer("conversations.read", call -> ReadReply.newBuilder().setReadSeq(7).build());

    first.close();

    eventually("answered", reading::isDone);
    assertThat(reading.join().getReadSeq()).isEqualTo(7);
  }

  @Test
  @DisplayName("that is not idempotent fails when the connection breaks: it may have been done")
  void notRepeated() {
    server.silent("accounts.register");
    FakeConnection first = connected();
    CompletableFuture<RegisterReply> registering =
        client.call(Calls.REGISTER, RegisterRequest.getDefaultInstance());
    first.expect("accounts.register", 1);

    first.close();

    assertFails(registering, ErrorCode.UNAVAILABLE);
    eventually("second connection", () -> server.connections.size() == 2);
    assertThat(server.connection(2).calls("accounts.register")).isEmpty();
  }

  @Test
  @DisplayName("is tried again on a retryable error, and fails at once on another")
  void retried() {
    AtomicInteger tries = new AtomicInteger();
    server.on(
        "conversations.read",
        (connection, call) ->
            connection.refuse(
                call, tries.getAndIncrement() < 2 ? ErrorCode.UNAVAILABLE : ErrorCode.NOT_FOUND));
    FakeConnection connection = connected();
    CompletableFuture<ReadReply> reading = client.read(CONVERSATION, 7);

    eventually("answered", reading::isDone);

    assertFails(reading, ErrorCode.NOT_FOUND);
    assertThat(connection.calls("conversations.read")).hasSize(3);
  }

  @Test
  @DisplayName("fails at its deadline, with the last reason")
  void deadline() {
    server.on(
        "conversations.read", (connection, call) -> connection.refuse(call, ErrorCode.OVERLOADED));
    connected();
    CompletableFuture<ReadReply> reading = client.read(CONVERSATION, 7);
    server.silent("conversations.get");
    CompletableFuture<?> getting =
        client.call(Calls.GET, Calls.GET.decodeRequest(com.google.protobuf.ByteString.EMPTY));

    loop.advance(Duration.ofSeconds(9));
    assertThat(reading).isNotDone();
    eventually("both failed", () -> reading.isDone() && getting.isDone());

    assertFails(reading, ErrorCode.OVERLOADED);
    assertFails(getting, ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  @DisplayName("waits its turn when the server grants few calls in flight")
  void fewInFlight() {
    server.answer(
        "connect",
        call ->
            io.skein.protocol.v1.ConnectReply.newBuilder()
                .setUserId("alice")
                .setHeartbeatSeconds(30)
                .setLimits(io.skein.protocol.v1.Limits.newBuilder().setMaxInFlight(2))
                .build());
    server.silent("conversations.read");
    FakeConnection connection = connected();
    readUpTo(4);
    var reads = connection.expect("conversations.read", 2);
    staysAt(2, () -> connection.calls("conversations.read").size());

    connection.reply(reads.get(0), ReadReply.getDefaultInstance());

    connection.expect("conversations.read", 3);
  }

  @Test
  @DisplayName("keeps to the rate that the server grants")
  void pace() {
    server.answer(
        "connect",
        call ->
            io.skein.protocol.v1.ConnectReply.newBuilder()
                .setUserId("alice")
                .setHeartbeatSeconds(300)
                .setLimits(
                    io.skein.protocol.v1.Limits.newBuilder()
                        .setMaxInFlight(100)
                        .setCallsPerSecond(10)
                        .setCallBurst(5))
                .build());
    server.answer("conversations.read", call -> ReadReply.getDefaultInstance());
    FakeConnection connection = connected();
    readUpTo(25);
    loop.advance(Duration.ofSeconds(1));
    connection.expect("conversations.read", 13);
    staysAt(15, () -> connection.calls("conversations.read").size());

    loop.advance(Duration.ofSeconds(2));
    connection.expect("conversations.read", 25);
  }

  @Test
  @DisplayName("to watch is made again after a reconnect, and its answer heard")
  void watchesAgain() {
    server.answer(
        "presence.watch",
        call ->
            WatchReply.newBuilder()
                .addPresences(
                    Presence.newBuilder().setUserId("bob").setStatus(Presence.Status.ONLINE))
                .build());
    FakeConnection first = connected();
    assertThat(client.watch(List.of("bob")).join()).hasSize(1);

    first.close();

    eventually("heard of bob", () -> heard.presences.size() == 1);
    WatchRequest watch =
        decode(Calls.WATCH, server.connection(2).expect("presence.watch", 1).getFirst());
    assertThat(watch.getUserIdsList()).containsExactly("bob");
  }

  @Test
  @DisplayName("for the conversations answers what syncs, entries and marks say")
  void conversations() {
    server.answer(
        "conversations.sync",
        call ->
            SyncReply.newBuilder()
                .addConversations(conversation(5).toBuilder().setUnread(1))
                .setTotalUnread(1)
                .setCursor("c")
                .build());
    FakeConnection connection = connected();
    connection.push(0, entry(6));
    eventually("the entry", () -> heard.entries.size() == 1);
    assertThat(client.conversations().join().getFirst().getUnread()).isEqualTo(2);
    assertThat(client.totalUnread().join()).isEqualTo(2);

    connection.push(
        Event.newBuilder()
            .setMark(
                Mark.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setUserId("alice")
                    .setReadSeq(6)
                    .setUnread(0)
                    .setTotalUnread(0))
            .build());
    eventually("the mark", () -> heard.marks.size() == 1);

    assertThat(client.conversations().join().getFirst())
        .satisfies(it -> assertThat(it.getUnread()).isZero())
        .satisfies(it -> assertThat(it.getReadSeq()).isEqualTo(6))
        .satisfies(it -> assertThat(it.getHeadSeq()).isEqualTo(6));
    assertThat(client.totalUnread().join()).isZero();
  }

  @Test
  @DisplayName("fails when the client is closed")
  void closed() {
    server.silent("conversations.create");
    connected();
    CompletableFuture<?> creating =
        client.call(Calls.CREATE, CreateConversationRequest.getDefaultInstance());
    CompletableFuture<?> sending = client.send("bob", "hi").committed();

    client.close();

    assertFails(creating, ErrorCode.UNAVAILABLE);
    assertFails(sending, ErrorCode.UNAVAILABLE);
  }

  private List<CompletableFuture<ReadReply>> readUpTo(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(seq -> client.read(CONVERSATION, seq)).toList();
  }

  private static void assertFails(CompletableFuture<?> call, ErrorCode code) {
    assertThatThrownBy(call.orTimeout(30, TimeUnit.SECONDS)::join)
        .cause()
        .isInstanceOfSatisfying(
            SkeinException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
