package io.skein.message;

import io.vertx.core.Future;

/** What the store of sessions remembers, the queue of notifications included. */
@FunctionalInterface
interface SessionMemory {
  /** A word for its present memory: another one than before means that all was lost. */
  Future<String> current();
}
