package io.skein.client;

import io.skein.client.transport.Connector;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.RenewRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a client and what they have to do with each other. Confined to the loop. */
final class Core implements Link.Owner, Timeline.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);

  final Link link;
  final CallDesk calls;
  final Outbox outbox;
  final Syncer syncer;
  final WatchList watches;
  final Conversations conversations;
  final List<ClientListener> listeners = new CopyOnWriteArrayList<>();

  private final Loop loop;
  private final Callbacks callbacks;
  private final Timeline timeline;
  private final Confirmer confirmer;
  private final Pushes pushes;
  private String self = "";
  private volatile ConnectionState state = new ConnectionState.Idle();

  Core(
      Loop loop,
      Callbacks callbacks,
      ClientConfig config,
      Connector connector,
      Supplier<CompletableFuture<String>> tokens,
      StateStore store,
      Backoffs backoffs) {
    this.loop = loop;
    this.callbacks = callbacks;
    calls = new CallDesk(loop, backoffs.calls(), config.callLimit());
    timeline = new Timeline(loop, calls, store, config.catchUpLimit(), this);
    conversations = new Conversations(this::synced, this::sync);
    syncer = new Syncer(loop, calls, store, timeline, backoffs.calls(), conversations);
    outbox = new Outbox(loop, backoffs.calls(), config, store, this::committed);
    confirmer = new Confirmer(loop);
    watches = new WatchList(calls, this::came);
    pushes = new Pushes(loop, syncer::request);
    ConnectRequest request =
        ConnectRequest.newBuilder()
            .setDevice(config.device())
            .setHeartbeatSeconds(Math.toIntExact(config.heartbeat().toSeconds()))
            .build();
    link = new Link(loop, connector, tokens, request, backoffs.reconnects(), this);
  }

  /** How long to wait before a connection, and before a call is tried again. */
  record Backoffs(Backoff reconnects, Backoff calls) {}

  ConnectionState state() {
    return state;
  }

  @Override
  public void onState(ConnectionState now) {
    state = now;
    tell(listener -> listener.onState(now));
    if (now instanceof ConnectionState.Stopped stopped) {
      calls.failAll(stopped.cause());
    } else if (now instanceof ConnectionState.Closed) {
      calls.failAll(Failures.closed());
      outbox.failAll(Failures.closed());
    }
  }

  @Override
  public void onOnline(Connection connection, ConnectReply session) {
    self = session.getUserId();
    conversations.belongTo(self);
    pushes.restart();
    outbox.online(connection);
    calls.online(connection);
    confirmer.online(connection);
    syncer.online();
    watches.online();
  }

  @Override
  public void onOffline() {
    outbox.offline();
    calls.offline();
    confirmer.offline();
    syncer.offline();
  }

  @Override
  public void onEvent(Event event) {
    if (event.getPush() != 0) {
      pushes.received(event.getPush());
    }
    switch (event.getKindCase()) {
      case ENTRY -> timeline.offer(event.getEntry());
      case MARK -> {
        conversations.marked(event.getMark());
        tell(listener -> listener.onMark(event.getMark()));
      }
      case PRESENCE -> came(event.getPresence());
      case SIGNAL -> tell(listener -> listener.onSignal(event.getSignal()));
      case SETTINGS -> conversations.configured(event.getSettings());
      case RESYNC -> syncer.request();
      case TOKEN_EXPIRING -> renew();
      case BYE, KIND_NOT_SET -> {
        // The link has dealt with bye; other kinds are of a newer server, and counted above.
      }
    }
  }

  @Override
  public void onPushesSent(int lastPush) {
    pushes.sent(lastPush);
  }

  @Override
  public void entry(Entry entry) {
    conversations.applied(entry);
    callbacks.run(
        () -> {
          try {
            listeners.forEach(listener -> listener.onEntry(entry));
          } finally {
            loop.execute(() -> confirmer.delivered(entry));
          }
        });
  }

  @Override
  public void skipped(String conversationId, int afterSeq, int beforeSeq) {
    tell(listener -> listener.onSkipped(conversationId, afterSeq, beforeSeq));
  }

  @Override
  public boolean full() {
    return callbacks.full();
  }

  private void renew() {
    Outcomes.handle(
        link.token(),
        (token, failure) -> {
          // Without one the server closes in the end, and the next connect asks again.
          if (failure == null) {
            loop.execute(() -> renew(token));
          }
        });
  }

  private void renew(String token) {
    Outcomes.handle(
        calls.call(Calls.RENEW, RenewRequest.newBuilder().setToken(token).build()),
        (reply, failure) -> {
          if (failure != null) {
            LOG.warn("the token of the connection could not be renewed", failure);
          }
        });
  }

  private void sync() {
    syncer.request();
  }

  private void synced(Conversation conversation) {
    outbox.learn(conversation);
    tell(listener -> listener.onConversation(conversation));
  }

  private void came(Presence presence) {
    tell(listener -> listener.onPresence(presence));
  }

  /** The server need not push an own message back to the device that sent it. */
  private void committed(SendRequest request, SendReply reply) {
    timeline.offer(OwnEntries.of(request, reply, self));
  }

  private void tell(Consumer<ClientListener> news) {
    callbacks.run(() -> listeners.forEach(news));
  }
}
