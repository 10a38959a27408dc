package io.skein.session.directory;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds gateways that are dead: they have left the mesh, and the beat that all session instances
 * note for them has stood still for a while on the monotonic clock of this observer. Neither alone
 * is enough: a member may be cut off from this node only, and a Redis that cannot be read says
 * nothing.
 */
final class Liveness {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

  private record Observation(String beat, long sinceNanos) {}

  private final Directory directory;
  private final DirectoryMemory memory;
  private final DirectoryStore store;
  private final Gateways gateways;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Map<String, Observation> silent = new HashMap<>();

  Liveness(
      Directory directory,
      DirectoryMemory memory,
      DirectoryStore store,
      Gateways gateways,
      Duration patience,
      LongSupplier nanos) {
    this.directory = directory;
    this.memory = memory;
    this.store = store;
    this.gateways = gateways;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** Looks once at the gateways that are not members; purges those that are dead. */
  Future<Void> sweep() {
    List<String> absent =
        memory.gateways().stream().filter(gateway -> !gateways.isMember(gateway)).toList();
    silent.keySet().retainAll(absent);
    if (absent.isEmpty()) {
      return Future.succeededFuture();
    }
    return store
        .beats(absent)
        .onFailure(blind -> silent.clear())
        .compose(beats -> judge(absent, beats));
  }

  private Future<Void> judge(List<String> absent, List<String> beats) {
    List<Future<Void>> purges = new ArrayList<>();
    for (int i = 0; i < absent.size(); i++) {
      Observation now = new Observation(beats.get(i), nanos.getAsLong());
      Observation first =
          silent.merge(
              absent.get(i), now, (old, fresh) -> old.beat().equals(fresh.beat()) ? old : fresh);
      if (now.sinceNanos() - first.sinceNanos() >= patience.toNanos()) {
        purges.add(purge(absent.get(i)));
      }
    }
    return Future.join(purges).mapEmpty();
  }

  private Future<Void> purge(String gateway) {
    List<SessionRecord> sessions =
        memory.ofGateway(gateway).stream().map(LiveSession::record).toList();
    LOG.warn("Gateway {} is dead: {} of its sessions end here", gateway, sessions.size());
    silent.remove(gateway);
    return directory.removeAll(sessions);
  }
}
