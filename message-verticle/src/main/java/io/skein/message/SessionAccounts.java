package io.skein.message;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Asks any session instance: accounts are in the database that they share. */
final class SessionAccounts implements Accounts {
  private static final Rpc<ExistsRequest, ExistsReply> EXISTS =
      Rpc.of("directory.exists", ExistsRequest.class, ExistsReply.class);

  private final Bus bus;
  private final Duration budget;

  SessionAccounts(Bus bus, Duration budget) {
    this.bus = bus;
    this.budget = budget;
  }

  @Override
  public Future<Set<String>> existing(Collection<String> userIds) {
    ExistsRequest request = ExistsRequest.newBuilder().addAllUserIds(userIds).build();
    return bus.callAny(EXISTS, request, CallContext.internal(budget))
        .map(reply -> Set.copyOf(reply.getExistingList()));
  }
}
