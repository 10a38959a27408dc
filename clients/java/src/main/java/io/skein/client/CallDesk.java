package io.skein.client;

import com.google.protobuf.Message;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * All calls but sends: each waits for a connection, is tried again where that is harmless, and is
 * answered within its deadline. Confined to the loop.
 */
final class CallDesk {
  private final Loop loop;
  private final Backoff backoff;
  private final int limit;
  private final Set<PendingCall<?>> waiting = new LinkedHashSet<>();
  private final Set<PendingCall<?>> open = new LinkedHashSet<>();
  private Connection connection;

  CallDesk(Loop loop, Backoff backoff, int limit) {
    this.loop = loop;
    this.backoff = backoff;
    this.limit = limit;
  }

  /** The reply, or a {@link SkeinException}. */
  <Q extends Message, R extends Message> CompletableFuture<R> call(Rpc<Q, R> rpc, Q request) {
    if (open.size() >= limit) {
      return CompletableFuture.failedFuture(Failures.queueFull("calls"));
    }
    PendingCall<R> call = new PendingCall<>(rpc, request.toByteString());
    open.add(call);
    Loop.Timer deadline =
        loop.schedule(rpc.info().deadline().plus(Connection.TRAVEL), call::expire);
    Outcomes.handle(
        call.reply,
        (reply, failure) -> {
          deadline.cancel();
          open.remove(call);
          waiting.remove(call);
        });
    send(call);
    return call.reply;
  }

  void online(Connection opened) {
    connection = opened;
    List<PendingCall<?>> calls = new ArrayList<>(waiting);
    waiting.clear();
    calls.forEach(this::send);
  }

  void offline() {
    connection = null;
  }

  /** Fails what is open: there will be no connection. */
  void failAll(SkeinException cause) {
    new ArrayList<>(open).forEach(call -> call.reply.completeExceptionally(cause));
  }

  private void send(PendingCall<?> call) {
    if (call.reply.isDone()) {
      return;
    }
    if (connection == null) {
      waiting.add(call);
    } else {
      connection.call(call.rpc, call.params, answer -> answered(call, answer));
    }
  }

  private void answered(PendingCall<?> call, Answer answer) {
    switch (answer) {
      case Answer.Result result -> call.complete(result.bytes());
      case Answer.Refused refused when call.mayRetry(refused.error()) -> {
        int failures = call.failed(SkeinException.from(refused.error()));
        Duration asked = Duration.ofMillis(refused.error().getRetryAfterMs());
        loop.schedule(asked.plus(backoff.delay(failures)), () -> send(call));
      }
      case Answer.Refused refused ->
          call.reply.completeExceptionally(SkeinException.from(refused.error()));
      case Answer.Late late -> call.expire();
      case Answer.Lost lost -> lost(call);
    }
  }

  private void lost(PendingCall<?> call) {
    SkeinException failure = Failures.connectionLost(call.rpc.name());
    if (!call.rpc.info().idempotent()) {
      call.reply.completeExceptionally(failure);
    } else if (!call.reply.isDone()) {
      call.failed(failure);
      waiting.add(call);
    }
  }
}
