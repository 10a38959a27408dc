package io.skein.message;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.MemoryReply;
import io.skein.protocol.internal.v1.MemoryRequest;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks any session instance: they share the store. */
final class BusSessionMemory implements SessionMemory {
  private static final Rpc<MemoryRequest, MemoryReply> MEMORY =
      Rpc.of("directory.memory", MemoryRequest.class, MemoryReply.class);

  private final Bus bus;
  private final Duration budget;

  BusSessionMemory(Bus bus, Duration budget) {
    this.bus = bus;
    this.budget = budget;
  }

  @Override
  public Future<String> current() {
    return bus.callAny(MEMORY, MemoryRequest.getDefaultInstance(), CallContext.internal(budget))
        .map(MemoryReply::getMemory);
  }
}
