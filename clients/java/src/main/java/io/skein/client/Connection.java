package io.skein.client;

import com.google.protobuf.ByteString;
import io.skein.client.transport.Transport;
import io.skein.client.transport.TransportListener;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Limits;
import io.skein.protocol.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One open connection: numbers the calls, matches the answers, stays within the server's limits.
 * Every call is answered exactly once: with {@link Answer.Late} if the server has not done so by
 * the method's deadline, with {@link Answer.Lost} at the end if not before. What the server answers
 * to a late call is ignored. Confined to the loop.
 */
final class Connection {
  /** On top of the server's own deadline: the way there and back. */
  static final Duration TRAVEL = Duration.ofSeconds(5);

  /** How exactly deadlines are kept: one look at all calls is cheaper than a timer for each. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Hears what is not an answer. */
  interface Owner {
    void onFrame();

    void onEvent(Event event);

    void onLost(int closeCode, String reason);
  }

  private record Call(Rpc<?, ?> rpc, ByteString params, Consumer<Answer> then) {}

  private record Sent(Call call, long until) {
    boolean isLate(long now) {
      return now - until >= 0;
    }
  }

  private final Loop loop;
  private final Transport transport;
  private final Owner owner;
  private final Map<Integer, Sent> inFlight = new LinkedHashMap<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private Pace pace;
  private int maxInFlight = 1;
  private int lastId;
  private boolean paused;
  private boolean watching;
  private boolean ended;

  Connection(Loop loop, Transport transport, Owner owner) {
    this.loop = loop;
    this.transport = transport;
    this.owner = owner;
    this.pace = new Pace(0, 0, loop.nanoTime());
  }

  void start() {
    transport.start(
        new TransportListener() {
          @Override
          public void onFrame(ServerFrame frame) {
            loop.execute(() -> received(frame));
          }

          @Override
          public void onClosed(int closeCode, String reason) {
            loop.execute(() -> lost(closeCode, reason));
          }
        });
  }

  /** From now on within these limits. */
  void granted(Limits limits) {
    maxInFlight = Math.max(limits.getMaxInFlight(), 1);
    pace = new Pace(limits.getCallsPerSecond(), limits.getCallBurst(), loop.nanoTime());
    sendWaiting();
  }

  void call(Rpc<?, ?> rpc, ByteString params, Consumer<Answer> then) {
    if (ended) {
      then.accept(new Answer.Lost());
      return;
    }
    waiting.add(new Call(rpc, params, then));
    sendWaiting();
  }

  /** Ends it without telling the owner. */
  void close() {
    transport.close();
    end();
  }

  private void sendWaiting() {
    while (!ended && !paused && !waiting.isEmpty() && inFlight.size() < maxInFlight) {
      Duration wait = pace.take(loop.nanoTime());
      if (wait.isZero()) {
        send(waiting.remove());
      } else {
        paused = true;
        loop.schedule(wait, this::resume);
      }
    }
  }

  private void resume() {
    paused = false;
    sendWaiting();
  }

  private void send(Call call) {
    do {
      lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
    } while (inFlight.containsKey(lastId));
    long patience = call.rpc().info().deadline().plus(TRAVEL).toNanos();
    inFlight.put(lastId, new Sent(call, loop.nanoTime() + patience));
    watch();
    transport.send(
        ClientFrame.newBuilder()
            .setId(lastId)
            .setMethod(call.rpc().name())
            .setParams(call.params())
            .build());
  }

  private void watch() {
    if (!watching && !inFlight.isEmpty()) {
      watching = true;
      loop.schedule(TICK, this::expire);
    }
  }

  /** Gives up what is overdue, so that it does not keep its place among the calls in flight. */
  private void expire() {
    watching = false;
    long now = loop.nanoTime();
    List<Sent> late = inFlight.values().stream().filter(sent -> sent.isLate(now)).toList();
    inFlight.values().removeIf(sent -> sent.isLate(now));
    late.forEach(sent -> sent.call.then().accept(new Answer.Late()));
    sendWaiting();
    watch();
  }

  private void received(ServerFrame frame) {
    if (ended) {
      return;
    }
    owner.onFrame();
    if (frame.getId() == 0) {
      if (frame.hasEvent()) {
        owner.onEvent(frame.getEvent());
      }
      return;
    }
    Sent sent = inFlight.remove(frame.getId());
    if (sent != null) {
      sent.call.then().accept(answerOf(frame));
      sendWaiting();
    }
  }

  private static Answer answerOf(ServerFrame frame) {
    return frame.hasError()
        ? new Answer.Refused(frame.getError())
        : new Answer.Result(frame.getResult());
  }

  private void lost(int closeCode, String reason) {
    if (!ended) {
      end();
      owner.onLost(closeCode, reason);
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    List<Sent> unanswered = List.copyOf(inFlight.values());
    List<Call> unsent = List.copyOf(waiting);
    inFlight.clear();
    waiting.clear();
    unanswered.forEach(sent -> sent.call.then().accept(new Answer.Lost()));
    unsent.forEach(call -> call.then().accept(new Answer.Lost()));
  }
}
