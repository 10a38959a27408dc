package io.skein.client;

import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A user's device at a Skein server. It keeps itself connected; what is sent while there is no
 * connection leaves later.
 *
 * <pre>{@code
 * SkeinClient client =
 *     SkeinClient.builder("tcp://localhost:7000").token(token).device("laptop-1", "linux").build();
 * client.listen(new ClientListener() {
 *   @Override public void onEntry(Entry entry) { … }
 * });
 * client.connect();
 * client.send("bob", "hi");
 * }</pre>
 *
 * <p>Thread-safe; no method blocks. Futures complete and listeners are called on the callback
 * executor, one at a time and in order: they may be slow, but those behind them wait. Failures are
 * {@link SkeinException}s, also those of the client itself: {@code deadline_exceeded} if nobody
 * answered, {@code unavailable} if the connection broke and the call could not be repeated safely,
 * {@code overloaded} if too many wait already.
 */
public final class SkeinClient implements AutoCloseable {
  private final Loop loop;
  private final Callbacks callbacks;
  private final Core core;
  private final Runnable afterwards;
  private volatile boolean closed;

  SkeinClient(Loop loop, Callbacks callbacks, Core core, Runnable afterwards) {
    this.loop = loop;
    this.callbacks = callbacks;
    this.core = core;
    this.afterwards = afterwards;
    loop.execute(core.outbox::restore);
  }

  /**
   * Starts a description of a client.
   *
   * @param endpoint {@code tcp://host:port}, {@code tls+tcp://}, {@code ws://} or {@code wss://}
   */
  public static SkeinClientBuilder builder(String endpoint) {
    return new SkeinClientBuilder(endpoint);
  }

  /** From now on; a listener added before {@link #connect()} misses nothing. */
  public void listen(ClientListener listener) {
    core.listeners.add(listener);
  }

  public ConnectionState state() {
    return core.state();
  }

  /**
   * Connects, and stays connected until {@link #close()} or until the server does not want it any
   * more. The future completes at the first success and fails if the server refuses for good; while
   * the server cannot be reached it stays open.
   */
  public CompletableFuture<ConnectReply> connect() {
    return onLoop(core.link::connect);
  }

  /**
   * Calls any method but {@code connect} and {@code messages.send}. Retried where that is harmless,
   * until the method's deadline.
   */
  public <Q extends Message, R extends Message> CompletableFuture<R> call(
      Rpc<Q, R> rpc, Q request) {
    if (rpc == Calls.SEND || rpc == Calls.CONNECT) {
      throw new IllegalArgumentException(rpc + " has a method of its own here");
    }
    return onLoop(() -> core.calls.call(rpc, request));
  }

  /** Sends a text to a user. */
  public OutgoingMessage send(String userId, String text) {
    return send(Target.newBuilder().setUserId(userId).build(), text);
  }

  /** Sends a text. Messages to one conversation are logged in the order of these calls. */
  public OutgoingMessage send(Target target, String text) {
    return send(
        SendRequest.newBuilder().setTo(target).setText(Text.newBuilder().setBody(text)).build());
  }

  /** Sends any content; an id is added if the request has none. */
  public OutgoingMessage send(SendRequest request) {
    if (request.getContentCase() == SendRequest.ContentCase.CONTENT_NOT_SET) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a message needs a content")
          .withField("content");
    }
    SendRequest message =
        request.getClientMsgId().isEmpty()
            ? request.toBuilder().setClientMsgId(UUID.randomUUID().toString()).build()
            : request;
    CompletableFuture<SendReply> committed = onLoop(() -> core.outbox.add(message));
    return new OutgoingMessage(message.getClientMsgId(), committed);
  }

  /** The newest entries of a conversation, ascending. */
  public CompletableFuture<HistoryReply> history(String conversationId, int limit) {
    return history(
        HistoryRequest.newBuilder().setConversationId(conversationId).setLimit(limit).build());
  }

  /** A page of a conversation's log, ascending. */
  public CompletableFuture<HistoryReply> history(HistoryRequest request) {
    return call(Calls.HISTORY, request);
  }

  /** Marks everything up to {@code seq} as read. */
  public CompletableFuture<ReadReply> read(String conversationId, int seq) {
    return call(
        Calls.READ, ReadRequest.newBuilder().setConversationId(conversationId).setSeq(seq).build());
  }

  /**
   * Asks what has changed; done by itself after every connect and whenever something may have been
   * missed. Completes when listeners have been given everything that it found.
   */
  public CompletableFuture<Void> sync() {
    return onLoop(core.syncer::sync);
  }

  /** The user's conversations, those with the newest entries first; waits for the first sync. */
  public CompletableFuture<List<Conversation>> conversations() {
    return onLoop(core.conversations::list);
  }

  /** Unread entries of all conversations; waits for the first sync. */
  public CompletableFuture<Integer> totalUnread() {
    return onLoop(core.conversations::totalUnread);
  }

  /** Starts presence events about these users, kept up through reconnects; answers what is now. */
  public CompletableFuture<List<Presence>> watch(Collection<String> userIds) {
    return onLoop(() -> core.watches.watch(List.copyOf(userIds)));
  }

  /** Stops presence events about these users. */
  public CompletableFuture<Void> unwatch(Collection<String> userIds) {
    return onLoop(() -> core.watches.unwatch(List.copyOf(userIds)));
  }

  /** Ends the connection; what is unanswered fails. The client cannot be used again. */
  @Override
  public void close() {
    closed = true;
    loop.execute(
        () -> {
          core.link.close();
          loop.close();
          callbacks.run(afterwards);
        });
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> internal = new CompletableFuture<>();
    if (closed) {
      internal.completeExceptionally(Failures.closed());
    } else {
      loop.execute(() -> Outcomes.forward(step.get(), internal));
    }
    return callbacks.deliver(internal);
  }
}
