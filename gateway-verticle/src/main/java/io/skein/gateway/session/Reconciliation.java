package io.skein.gateway.session;

import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Connections;
import io.skein.mesh.CallContext;
import io.skein.mesh.Instance;
import io.skein.mesh.Mesh;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ClosedSession;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.CountersRequest;
import io.skein.protocol.internal.v1.PushCounter;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what this gateway and the session instances believe about its sessions: push numbers
 * every few seconds, the whole list when the ring changes or an instance asks for it.
 */
public final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  private static final String SESSION = "session";
  private static final Duration BUDGET = Duration.ofSeconds(5);

  /** A list that fits into one bus message well; longer ones go in parts. */
  private static final int BATCH = 2_000;

  private static final Rpc<CountersRequest, CountersReply> COUNTERS =
      Rpc.of("directory.counters", CountersRequest.class, CountersReply.class);
  private static final Rpc<ReconcileRequest, ReconcileReply> RECONCILE =
      Rpc.of("directory.reconcile", ReconcileRequest.class, ReconcileReply.class);

  private final Mesh mesh;
  private final GatewayIdentity self;
  private final SessionLink sessions;
  private final Connections connections;
  private final Resyncs resyncs;
  private final Duration beat;

  /**
   * Compares nothing by itself.
   *
   * @param beat how often push numbers are compared: the next time does not overlap with this one
   */
  public Reconciliation(
      Mesh mesh,
      GatewayIdentity self,
      SessionLink sessions,
      Connections connections,
      Resyncs resyncs,
      Duration beat) {
    this.mesh = mesh;
    this.self = self;
    this.sessions = sessions;
    this.connections = connections;
    this.resyncs = resyncs;
    this.beat = beat;
  }

  /** Asks every session instance for the push numbers that changed; also this gateway's beat. */
  public Future<Void> compareCounters() {
    CountersRequest request =
        CountersRequest.newBuilder()
            .setGateway(self.instanceId())
            .setGatewayBoot(self.bootId())
            .build();
    List<Future<Void>> asked = new ArrayList<>();
    for (Instance instance : mesh.ring().instances(SESSION)) {
      asked.add(
          mesh.bus()
              .callInstance(COUNTERS, instance.id(), request, CallContext.internal(beat))
              .compose(reply -> takeCounters(instance, reply))
              .recover(failure -> logged("push numbers of " + instance.id(), failure)));
    }
    return Future.all(asked).mapEmpty();
  }

  private Future<Void> takeCounters(Instance instance, CountersReply reply) {
    for (PushCounter counter : reply.getCountersList()) {
      held(counter.getConnection(), counter.getSessionId())
          .ifPresent(connection -> connection.counted(counter.getLastPush()));
    }
    return reply.getReconcile() ? reconcile(instance, sessionsOf(instance)) : done();
  }

  /** Tells every session instance which sessions hash to it. */
  public Future<Void> reconcileAll() {
    Map<Instance, List<SessionRef>> byOwner = byOwner();
    List<Future<Void>> told = new ArrayList<>();
    for (Instance instance : mesh.ring().instances(SESSION)) {
      told.add(reconcile(instance, byOwner.getOrDefault(instance, List.of())));
    }
    return Future.all(told).mapEmpty();
  }

  private Future<Void> reconcile(Instance instance, List<SessionRef> all) {
    boolean complete = all.size() <= BATCH && !sessions.isOpening();
    Future<Void> sent = done();
    for (int from = 0; from == 0 || from < all.size(); from += BATCH) {
      List<SessionRef> part = all.subList(from, Math.min(from + BATCH, all.size()));
      sent = sent.compose(before -> reconcile(instance, part, complete));
    }
    return sent.recover(failure -> logged("comparison with " + instance.id(), failure));
  }

  private Future<Void> reconcile(Instance instance, List<SessionRef> part, boolean complete) {
    ReconcileRequest request =
        ReconcileRequest.newBuilder()
            .setGateway(self.instanceId())
            .setGatewayBoot(self.bootId())
            .addAllSessions(part)
            .setComplete(complete)
            .build();
    return mesh.bus()
        .callInstance(RECONCILE, instance.id(), request, CallContext.internal(BUDGET))
        .map(this::takeReconciled);
  }

  private Void takeReconciled(ReconcileReply reply) {
    for (ClosedSession closed : reply.getClosedList()) {
      held(closed.getConnection(), closed.getSessionId())
          .ifPresent(connection -> connection.close(closed.getBye()));
    }
    for (PushCounter rebuilt : reply.getRebuiltList()) {
      held(rebuilt.getConnection(), rebuilt.getSessionId())
          .ifPresent(connection -> resyncs.add(connection, "the session was rebuilt"));
    }
    return null;
  }

  private List<SessionRef> sessionsOf(Instance instance) {
    return byOwner().getOrDefault(instance, List.of());
  }

  private Map<Instance, List<SessionRef>> byOwner() {
    Map<String, List<SessionRef>> byUser = new HashMap<>();
    for (Connection connection : connections.all()) {
      connection
          .session()
          .ifPresent(
              session ->
                  byUser
                      .computeIfAbsent(session.userId(), user -> new ArrayList<>(1))
                      .add(SessionLink.refOf(connection, session)));
    }
    Map<Instance, List<SessionRef>> byOwner = new HashMap<>();
    mesh.ring()
        .partition(SESSION, byUser.keySet())
        .forEach(
            (owner, users) ->
                byOwner.put(
                    owner, users.stream().flatMap(user -> byUser.get(user).stream()).toList()));
    return byOwner;
  }

  private Optional<Connection> held(long number, String sessionId) {
    return connections
        .find(number)
        .filter(
            connection ->
                connection.session().filter(session -> session.id().equals(sessionId)).isPresent());
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static Future<Void> logged(String what, Throwable failure) {
    LOG.warn("no {}: {}", what, failure.getMessage());
    return Future.succeededFuture();
  }
}
