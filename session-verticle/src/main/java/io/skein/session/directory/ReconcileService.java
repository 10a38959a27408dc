package io.skein.session.directory;

import io.skein.protocol.CloseCode;
import io.skein.protocol.internal.v1.ClosedSession;
import io.skein.protocol.internal.v1.PushCounter;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Brings the directory and a gateway to agree: what the directory lost is written back unless
 * something newer is known, and what the gateway does not hold is dropped.
 */
final class ReconcileService {
  /** A session that was opened so recently may not have been in the gateway's list yet. */
  private static final Duration YOUNG = Duration.ofSeconds(30);

  private static final Bye SUPERSEDED =
      CloseCode.REPLACED.toBye("a newer login or a revocation ended this session");

  /** What became of sessions that the directory did not know. */
  private record Verdicts(List<SessionRecord> rebuilt, List<SessionRecord> superseded) {
    static Verdicts none() {
      return new Verdicts(new ArrayList<>(), new ArrayList<>());
    }
  }

  private final Directory directory;
  private final DirectoryMemory memory;
  private final EpochStore epochs;
  private final StoreMemory storeMemory;
  private final LongSupplier nanos;

  ReconcileService(
      Directory directory,
      DirectoryMemory memory,
      EpochStore epochs,
      StoreMemory storeMemory,
      LongSupplier nanos) {
    this.directory = directory;
    this.memory = memory;
    this.epochs = epochs;
    this.storeMemory = storeMemory;
    this.nanos = nanos;
  }

  Future<ReconcileReply> reconcile(ReconcileRequest request) {
    request.getSessionsList().forEach(session -> directory.checkOwned(session.getUserId()));
    long generation = storeMemory.generation();
    List<SessionRecord> claimed =
        request.getSessionsList().stream()
            .map(it -> SessionRecord.of(it, request.getGateway(), request.getGatewayBoot()))
            .toList();
    return unknown(request.getGateway(), claimed)
        .compose(this::restore)
        .compose(verdicts -> load(claimed).compose(loaded -> drop(request)).map(any -> verdicts))
        .map(verdicts -> count(request, verdicts))
        .onSuccess(
            done -> {
              if (request.getComplete()) {
                storeMemory.reconciled(request.getGateway(), generation);
              }
            });
  }

  /**
   * Those that neither memory nor store know. After a loss of the store's, memory proves nothing.
   */
  private Future<List<SessionRecord>> unknown(String gateway, List<SessionRecord> claimed) {
    if (storeMemory.isLost(gateway)) {
      return Future.succeededFuture(claimed);
    }
    return load(claimed)
        .map(found -> claimed.stream().filter(session -> !isKnown(session, found)).toList());
  }

  private static boolean isKnown(SessionRecord session, Map<String, List<LiveSession>> found) {
    return found.get(session.userId()).stream().anyMatch(live -> live.record().isSame(session));
  }

  private Future<Map<String, List<LiveSession>>> load(List<SessionRecord> sessions) {
    Set<String> users = new LinkedHashSet<>();
    sessions.forEach(session -> users.add(session.userId()));
    return directory.find(users);
  }

  /**
   * The fence in Postgres outlives what Redis forgets: only a device's newest session comes back.
   */
  private Future<Verdicts> restore(List<SessionRecord> sessions) {
    if (sessions.isEmpty()) {
      return Future.succeededFuture(Verdicts.none());
    }
    return epochs
        .current(sessions.stream().map(ReconcileService::device).toList())
        .compose(
            current -> {
              Verdicts verdicts = Verdicts.none();
              List<SessionRecord> newest = new ArrayList<>();
              for (SessionRecord session : sessions) {
                Long epoch = current.get(device(session));
                boolean isNewest = epoch != null && epoch == session.epoch();
                (isNewest ? newest : verdicts.superseded()).add(session);
              }
              return directory.restore(newest).map(they -> sort(newest, they, verdicts));
            });
  }

  private static DeviceKey device(SessionRecord session) {
    return new DeviceKey(session.userId(), session.deviceId());
  }

  private static Verdicts sort(
      List<SessionRecord> sessions, List<RestoreOutcome> outcomes, Verdicts verdicts) {
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case WRITTEN -> verdicts.rebuilt().add(sessions.get(i));
        case REFUSED -> verdicts.superseded().add(sessions.get(i));
        case PRESENT -> {}
      }
    }
    return verdicts;
  }

  /** Takes over how far pushes are numbered. */
  private ReconcileReply count(ReconcileRequest request, Verdicts verdicts) {
    for (SessionRef session : request.getSessionsList()) {
      memory
          .find(new DeviceKey(session.getUserId(), session.getDeviceId()))
          .filter(live -> live.record().sessionId().equals(session.getSessionId()))
          .ifPresent(live -> live.countFrom(session.getLastPush()));
    }
    ReconcileReply.Builder reply = ReconcileReply.newBuilder();
    for (SessionRecord session : verdicts.superseded()) {
      reply.addClosed(
          ClosedSession.newBuilder()
              .setConnection(session.connection())
              .setSessionId(session.sessionId())
              .setBye(SUPERSEDED));
    }
    for (SessionRecord session : verdicts.rebuilt()) {
      reply.addRebuilt(
          PushCounter.newBuilder()
              .setConnection(session.connection())
              .setSessionId(session.sessionId())
              .setLastPush(memory.find(device(session)).map(LiveSession::lastPush).orElse(0)));
    }
    return reply.build();
  }

  /** What is on record for this gateway but not held by it. */
  private Future<Void> drop(ReconcileRequest request) {
    if (!request.getComplete()) {
      return Future.succeededFuture();
    }
    Set<String> held = new HashSet<>();
    request.getSessionsList().forEach(session -> held.add(session.getSessionId()));
    long old = nanos.getAsLong() - YOUNG.toNanos();
    List<SessionRecord> gone = new ArrayList<>();
    for (LiveSession live : memory.ofGateway(request.getGateway())) {
      if (!held.contains(live.record().sessionId()) && live.sinceNanos() - old < 0) {
        gone.add(live.record());
      }
    }
    return directory.removeAll(gone);
  }
}
