package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.RenewRequest;
import io.skein.protocol.v1.TokenExpiring;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's connection")
class ReconnectTest extends ClientTestBase {

  @Test
  @DisplayName("is opened with the token and the device, and says who one is")
  void connects() {
    assertThat(client.connect().join().getUserId()).isEqualTo("alice");

    ConnectRequest connect =
        decode(Calls.CONNECT, server.connection(1).expect("connect", 1).getFirst());
    assertThat(connect.getToken()).isEqualTo("token-1");
    assertThat(connect.getDevice().getId()).isEqualTo("phone-1");
    eventually("online", () -> client.state() instanceof ConnectionState.Online);
  }

  @Test
  @DisplayName("comes back by itself after it broke, within the bound of the backoff")
  void comesBack() {
    connected().close();

    eventually("second connection", () -> server.connections.size() == 2);
    assertThat(server.connection(2).calls("connect")).hasSize(1);
    assertThat(heard.states(ConnectionState.Waiting.class).getFirst().delay())
        .isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  @DisplayName("waits longer, at random, the more often it fails in a row")
  void backsOff() {
    server.on("connect", (connection, call) -> connection.refuse(call, ErrorCode.UNAVAILABLE));
    CompletableFuture<?> connecting = client.connect();

    eventually(
        "12 waits",
        Duration.ofSeconds(1),
        () -> heard.states(ConnectionState.Waiting.class).size() >= 12);

    var delays =
        heard.states(ConnectionState.Waiting.class).stream()
            .map(ConnectionState.Waiting::delay)
            .toList();
    assertThat(delays).allSatisfy(it -> assertThat(it).isLessThan(Duration.ofSeconds(31)));
    assertThat(delays.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(delays.subList(7, 12))
        .anySatisfy(it -> assertThat(it).isGreaterThan(Duration.ofSeconds(3)));
    assertThat(delays).doesNotHaveDuplicates();
    assertThat(connecting).isNotDone();
  }

  @Test
  @DisplayName("after a bye waits what the server asks, plus its share of the jitter")
  void honoursBye() {
    connected().bye(CloseCode.DRAIN, Duration.ofSeconds(5), Duration.ofSeconds(2));
    eventually("waiting", () -> !heard.states(ConnectionState.Waiting.class).isEmpty());

    ConnectionState.Waiting waiting = heard.states(ConnectionState.Waiting.class).getFirst();
    assertThat(waiting.delay()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    assertThat(waiting.reason()).isEqualTo("as the test says");
    loop.advance(waiting.delay().minusMillis(100));
    assertThat(heard.states(ConnectionState.Connecting.class)).hasSize(1);
    eventually("second connection", () -> server.connections.size() == 2);
  }

  @Test
  @DisplayName("after a final bye stops with the reason, and fails what is open")
  void stopsForGood() {
    server.silent("conversations.get");
    FakeConnection connection = connected();
    CompletableFuture<?> open =
        client.call(Calls.GET, Calls.GET.decodeRequest(com.google.protobuf.ByteString.EMPTY));
    connection.expect("conversations.get", 1);

    connection.bye(CloseCode.KICKED, Duration.ZERO, Duration.ZERO);
    eventually("stopped", () -> client.state() instanceof ConnectionState.Stopped);

    ConnectionState.Stopped stopped = (ConnectionState.Stopped) client.state();
    assertThat(stopped.closeCode()).isEqualTo(CloseCode.KICKED.code());
    assertThat(stopped.cause()).hasMessage("as the test says");
    assertThatThrownBy(open::join).hasCause(stopped.cause());
    loop.advance(Duration.ofMinutes(10));
    staysAt(1, () -> server.connections.size());
  }

  @Test
  @DisplayName("can be opened again by the application after a final bye")
  void connectsAgainWhenAsked() {
    connected().bye(CloseCode.REPLACED, Duration.ZERO, Duration.ZERO);
    eventually("stopped", () -> client.state() instanceof ConnectionState.Stopped);

    assertThat(client.connect().join().getUserId()).isEqualTo("alice");
  }

  @Test
  @DisplayName("is not tried again with a token that was refused")
  void refusedToken() {
    server.on("connect", (connection, call) -> connection.refuse(call, ErrorCode.UNAUTHENTICATED));

    assertThatThrownBy(client.connect()::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SkeinException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    loop.advance(Duration.ofMinutes(10));
    staysAt(1, () -> server.connections.size());
  }

  @Test
  @DisplayName("asks for a fresh token each time, and comes back with it after an expired one")
  void freshTokens() {
    AtomicInteger made = new AtomicInteger();
    client =
        describe(new MemoryStateStore())
            .tokens(() -> CompletableFuture.completedFuture("token-" + made.incrementAndGet()))
            .build();
    connected().bye(CloseCode.TOKEN_EXPIRED, Duration.ZERO, Duration.ZERO);

    eventually("second connection", () -> server.connections.size() == 2);
    ConnectRequest connect =
        decode(Calls.CONNECT, server.connection(2).expect("connect", 1).getFirst());
    assertThat(connect.getToken()).isEqualTo("token-2");
  }

  @Test
  @DisplayName("renews its token when the server warns")
  void renews() {
    FakeConnection connection = connected();
    connection.push(
        Event.newBuilder()
            .setTokenExpiring(TokenExpiring.newBuilder().setExpiresInSeconds(60))
            .build());

    RenewRequest renew = decode(Calls.RENEW, connection.expect("renew", 1).getFirst());
    assertThat(renew.getToken()).isEqualTo("token-1");
  }

  @Test
  @DisplayName("pings every granted interval")
  void pings() {
    FakeConnection connection = connected();

    loop.advance(Duration.ofSeconds(29));
    staysAt(0, () -> connection.calls("ping").size());
    loop.advance(Duration.ofSeconds(1));
    connection.expect("ping", 1);
  }

  @Test
  @DisplayName("is given up when nothing comes back on a ping, and opened again")
  void halfOpen() {
    server.silent("ping");
    FakeConnection connection = connected();
    loop.advance(Duration.ofSeconds(30));
    connection.expect("ping", 1);
    assertThat(client.state()).isInstanceOf(ConnectionState.Online.class);

    loop.advance(Duration.ofSeconds(11));

    eventually("second connection", () -> server.connections.size() == 2);
  }

  @Test
  @DisplayName("is tried again when the server accepts it and then says nothing")
  void silentServer() {
    server.silent("connect");
    CompletableFuture<?> connecting = client.connect();
    server.connection(1);
    loop.advance(Duration.ofSeconds(21));

    eventually("second connection", () -> server.connections.size() == 2);
    assertThat(connecting).isNotDone();
  }

  @Test
  @DisplayName("is tried again while nobody listens at the door")
  void nobodyThere() {
    client =
        describe(new MemoryStateStore())
            .connector(() -> CompletableFuture.failedFuture(new ConnectException("refused")))
            .build();
    client.listen(heard);
    CompletableFuture<?> connecting = client.connect();

    eventually("three waits", () -> heard.states(ConnectionState.Waiting.class).size() >= 3);
    assertThat(heard.states(ConnectionState.Waiting.class).getFirst().reason())
        .isEqualTo("no connection: refused");
    assertThat(connecting).isNotDone();
  }
}
