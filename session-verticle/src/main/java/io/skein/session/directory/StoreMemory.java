package io.skein.session.directory;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the store has lost its memory, and which gateways have not told their sessions
 * since. An instance that just started asks as well: it does not know how far pushes are numbered.
 */
final class StoreMemory {
  private static final Logger LOG = LoggerFactory.getLogger(StoreMemory.class);

  private final DirectoryStore store;
  private final Map<String, Long> reconciled = new HashMap<>();
  private String memory = "";
  private long generation;

  StoreMemory(DirectoryStore store) {
    this.store = store;
  }

  /** Grows with every loss. */
  long generation() {
    return generation;
  }

  Future<Void> check() {
    return store
        .memory()
        .map(
            now -> {
              if (!memory.isEmpty() && !memory.equals(now)) {
                LOG.warn("Redis has lost the directory: gateways are asked for their sessions");
                generation++;
              }
              memory = now;
              return null;
            });
  }

  /** Whether the gateway has yet to tell all of its sessions that hash here. */
  boolean isReconcileWanted(String gateway) {
    return reconciled.getOrDefault(gateway, -1L) < generation;
  }

  /** Whether the store may have lost sessions of this gateway that it has not told again since. */
  boolean isLost(String gateway) {
    return reconciled.getOrDefault(gateway, 0L) < generation;
  }

  /** The gateway has told them all, beginning at this generation. */
  void reconciled(String gateway, long since) {
    reconciled.merge(gateway, since, Math::max);
  }

  void retain(Set<String> gateways) {
    reconciled.keySet().retainAll(gateways);
  }
}
