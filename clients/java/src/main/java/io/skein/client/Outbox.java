package io.skein.client;

import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Messages without an answer. Each is sent until the server has answered it for good, always with
 * the same id, so that it is logged once; those to one conversation keep their order. Confined to
 * the loop.
 */
final class Outbox {
  private static final int MAX_REFUSALS = 50;

  private final Loop loop;
  private final Backoff backoff;
  private final ClientConfig config;
  private final StateStore store;
  private final BiConsumer<SendRequest, SendReply> onCommitted;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final Map<String, String> directs = new HashMap<>();
  private Connection connection;
  private long lastIndex;
  private int size;

  /** {@code onCommitted} hears of every message that is in the log. */
  Outbox(
      Loop loop,
      Backoff backoff,
      ClientConfig config,
      StateStore store,
      BiConsumer<SendRequest, SendReply> onCommitted) {
    this.loop = loop;
    this.backoff = backoff;
    this.config = config;
    this.store = store;
    this.onCommitted = onCommitted;
  }

  /** Queues what an earlier run of the program left. */
  void restore() {
    for (SendRequest message : store.outbox()) {
      enqueue(message);
    }
  }

  CompletableFuture<SendReply> add(SendRequest request) {
    if (size >= config.outboxLimit()) {
      return CompletableFuture.failedFuture(Failures.queueFull("messages"));
    }
    store.addToOutbox(request);
    return enqueue(request).committed;
  }

  private Outgoing enqueue(SendRequest request) {
    Outgoing message = new Outgoing(++lastIndex, request);
    size++;
    Lane lane = lanes.computeIfAbsent(keyOf(request.getTo()), Lane::new);
    lane.add(message);
    dispatch(lane);
    return message;
  }

  void online(Connection opened) {
    connection = opened;
    List.copyOf(lanes.values()).forEach(this::dispatch);
  }

  void offline() {
    connection = null;
    lanes.values().forEach(Lane::lost);
  }

  /** Both names of a direct conversation are one lane. */
  void learn(Conversation conversation) {
    if (conversation.getKind() == Conversation.Kind.DIRECT) {
      directs.put(conversation.getConversationId(), conversation.getUserId());
    }
  }

  void failAll(SkeinException cause) {
    for (Lane lane : lanes.values()) {
      lane.lost();
      lane.unsent().forEach(message -> message.committed.completeExceptionally(cause));
    }
    lanes.clear();
  }

  private String keyOf(Target target) {
    if (target.hasUserId()) {
      return "user " + target.getUserId();
    }
    String user = directs.get(target.getConversationId());
    return user == null ? target.getConversationId() : "user " + user;
  }

  private void dispatch(Lane lane) {
    Outgoing message = connection == null ? null : lane.next(config.sendWindow());
    while (message != null) {
      send(lane, message);
      message = connection == null ? null : lane.next(config.sendWindow());
    }
  }

  private void send(Lane lane, Outgoing message) {
    connection.call(
        Calls.SEND, message.request.toByteString(), answer -> answered(lane, message, answer));
  }

  private void answered(Lane lane, Outgoing message, Answer answer) {
    switch (answer) {
      case Answer.Result result -> committed(lane, message, result);
      case Answer.Refused refused -> refused(lane, message, refused.error());
      case Answer.Late late -> {
        // As if it had been refused: whether it is in the log shows when it is sent again.
        lane.refused(message, backoff.delay(++message.refusals));
        proceed(lane);
      }
      case Answer.Lost lost -> {
        // offline puts the whole lane back.
      }
    }
  }

  private void committed(Lane lane, Outgoing message, Answer.Result result) {
    SendReply reply = Calls.SEND.decodeReply(result.bytes());
    if (message.request.getTo().hasUserId()) {
      directs.put(reply.getConversationId(), message.request.getTo().getUserId());
    }
    settle(lane, message);
    onCommitted.accept(message.request, reply);
    message.committed.complete(reply);
    proceed(lane);
  }

  private void refused(Lane lane, Outgoing message, Error error) {
    if (error.getRetryable() && ++message.refusals <= MAX_REFUSALS) {
      Duration asked = Duration.ofMillis(Integer.toUnsignedLong(error.getRetryAfterMs()));
      lane.refused(message, asked.plus(backoff.delay(message.refusals)));
    } else {
      settle(lane, message);
      message.committed.completeExceptionally(SkeinException.from(error));
    }
    proceed(lane);
  }

  private void settle(Lane lane, Outgoing message) {
    size--;
    lane.settled(message);
    store.removeFromOutbox(message.request.getClientMsgId());
  }

  private void proceed(Lane lane) {
    if (lane.isEmpty()) {
      lanes.remove(lane.key);
    } else if (lane.drained()) {
      Connection of = connection;
      loop.schedule(lane.pause(), () -> resume(lane, of));
    } else {
      dispatch(lane);
    }
  }

  private void resume(Lane lane, Connection of) {
    if (of == connection) {
      lane.resume();
      dispatch(lane);
    }
  }
}
