package io.skein.client;

import com.google.protobuf.ByteString;
import io.skein.client.transport.Connector;
import io.skein.client.transport.Transport;
import io.skein.protocol.CloseCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Keeps a connection: opens it with a fresh token, opens it again when it breaks, stops when the
 * server says so. Confined to the loop.
 */
final class Link implements Connection.Owner {

  /** Hears how the connection comes and goes. */
  interface Owner {
    void onState(ConnectionState state);

    /** The session of this connection starts; also the first to hear of it. */
    void onOnline(Connection connection, ConnectReply session);

    /** The connection that was online is gone. */
    void onOffline();

    void onEvent(Event event);

    /** How many counted pushes the server has sent to this session. */
    void onPushesSent(int lastPush);
  }

  private static final int FIRST_FINAL = 4500;
  private static final int LAST_FINAL = 4999;
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);

  /** A connection that lasted so long was a good one: the next failure is a first one. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private final Loop loop;
  private final Connector connector;
  private final Supplier<CompletableFuture<String>> tokens;
  private final ConnectRequest request;
  private final Backoff backoff;
  private final Owner owner;

  private CompletableFuture<ConnectReply> firstOnline = new CompletableFuture<>();
  private boolean running;
  private Connection connection;
  private Heartbeat heartbeat;
  private Loop.Timer timer = () -> {};
  private boolean online;
  private long onlineSince;
  private int failures;
  // Answers that belong to an attempt which was given up are recognized by it.
  private int attempt;

  Link(
      Loop loop,
      Connector connector,
      Supplier<CompletableFuture<String>> tokens,
      ConnectRequest request,
      Backoff backoff,
      Owner owner) {
    this.loop = loop;
    this.connector = connector;
    this.tokens = tokens;
    this.request = request;
    this.backoff = backoff;
    this.owner = owner;
  }

  /** Completes when online; fails only when stopped. */
  CompletableFuture<ConnectReply> connect() {
    if (!running) {
      running = true;
      failures = 0;
      if (firstOnline.isDone()) {
        firstOnline = new CompletableFuture<>();
      }
      begin();
    }
    return firstOnline;
  }

  void close() {
    running = false;
    disconnect();
    owner.onState(new ConnectionState.Closed());
    firstOnline.completeExceptionally(Failures.closed());
  }

  private void begin() {
    int mine = ++attempt;
    owner.onState(new ConnectionState.Connecting(failures + 1));
    timer = loop.schedule(ATTEMPT_TIMEOUT, () -> comeBack("the server does not answer"));
    Outcomes.handle(
        token(), (token, failure) -> loop.execute(() -> tokenKnown(mine, token, failure)));
  }

  /** What the provider answers. */
  CompletableFuture<String> token() {
    try {
      return tokens.get();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void tokenKnown(int of, String token, Throwable failure) {
    if (of != attempt) {
      return;
    }
    if (failure != null) {
      comeBack("no token: " + Failures.causeOf(failure).getMessage());
      return;
    }
    Outcomes.handle(
        connector.open(),
        (opened, broken) -> loop.execute(() -> opened(of, token, opened, broken)));
  }

  private void opened(int of, String token, Transport transport, Throwable failure) {
    if (of != attempt) {
      if (transport != null) {
        transport.close();
      }
    } else if (failure != null) {
      comeBack("no connection: " + Failures.causeOf(failure).getMessage());
    } else {
      connection = new Connection(loop, transport, this);
      connection.start();
      connection.call(
          Calls.CONNECT,
          request.toBuilder().setToken(token).build().toByteString(),
          this::answered);
    }
  }

  private void answered(Answer answer) {
    switch (answer) {
      case Answer.Result result -> online(Calls.CONNECT.decodeReply(result.bytes()));
      case Answer.Refused refused when refused.error().getRetryable() -> postpone(refused.error());
      case Answer.Refused refused -> stop(0, SkeinException.from(refused.error()));
      case Answer.Late late -> comeBack("the server does not answer");
      case Answer.Lost lost -> {
        // onLost says the rest.
      }
    }
  }

  private void online(ConnectReply session) {
    timer.cancel();
    online = true;
    onlineSince = loop.nanoTime();
    connection.granted(session.getLimits());
    heartbeat =
        new Heartbeat(
            loop,
            Duration.ofSeconds(Math.max(session.getHeartbeatSeconds(), 1)),
            this::ping,
            () -> comeBack("the server is silent"));
    heartbeat.start();
    owner.onOnline(connection, session);
    owner.onState(new ConnectionState.Online(session));
    firstOnline.complete(session);
  }

  private void ping() {
    connection.call(
        Calls.PING,
        ByteString.EMPTY,
        answer -> {
          if (answer instanceof Answer.Result result) {
            owner.onPushesSent(Calls.PING.decodeReply(result.bytes()).getLastPush());
          }
        });
  }

  @Override
  public void onFrame() {
    if (heartbeat != null) {
      heartbeat.heard();
    }
  }

  @Override
  public void onEvent(Event event) {
    if (event.hasBye()) {
      said(event.getBye());
    } else {
      owner.onEvent(event);
    }
  }

  private void said(Bye bye) {
    if (bye.getReconnect()) {
      Duration wait =
          Duration.ofMillis(Integer.toUnsignedLong(bye.getAfterMs()))
              .plus(backoff.upTo(Duration.ofMillis(Integer.toUnsignedLong(bye.getJitterMs()))));
      comeBack(bye.getReason(), wait);
    } else {
      closedFor(bye.getCode(), bye.getReason());
    }
  }

  @Override
  public void onLost(int closeCode, String reason) {
    if (closeCode >= FIRST_FINAL && closeCode <= LAST_FINAL) {
      closedFor(closeCode, reason);
    } else {
      comeBack(reason);
    }
  }

  private void closedFor(int closeCode, String reason) {
    if (closeCode == CloseCode.TOKEN_EXPIRED.code()) {
      // The next attempt brings a fresh token; a provider that has none is stopped by connect.
      comeBack(reason);
    } else {
      stop(closeCode, new SkeinException(CloseReasons.errorOf(closeCode), reason));
    }
  }

  private void postpone(Error error) {
    Duration asked = Duration.ofMillis(Integer.toUnsignedLong(error.getRetryAfterMs()));
    comeBack(error.getMessage(), asked.plus(backoff.delay(++failures)));
  }

  private void comeBack(String reason) {
    boolean stable = online && loop.nanoTime() - onlineSince >= STABLE.toNanos();
    failures = stable ? 1 : failures + 1;
    comeBack(reason, backoff.delay(failures));
  }

  private void comeBack(String reason, Duration delay) {
    disconnect();
    owner.onState(new ConnectionState.Waiting(delay, reason));
    timer = loop.schedule(delay, this::begin);
  }

  private void stop(int closeCode, SkeinException cause) {
    running = false;
    disconnect();
    owner.onState(new ConnectionState.Stopped(closeCode, cause));
    firstOnline.completeExceptionally(cause);
  }

  private void disconnect() {
    attempt++;
    timer.cancel();
    if (heartbeat != null) {
      heartbeat.stop();
      heartbeat = null;
    }
    boolean wasOnline = online;
    online = false;
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (wasOnline) {
      owner.onOffline();
    }
  }
}
