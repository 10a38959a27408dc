package io.skein.session.directory;

import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closes the connections of sessions, wherever they are. */
final class Kicks {
  private final Gateways gateways;

  Kicks(Gateways gateways) {
    this.gateways = gateways;
  }

  /**
   * Done when no further call of these sessions is accepted; a gateway that has left the mesh
   * accepts none. Answers how many connections were told to close.
   */
  Future<Integer> close(Collection<SessionRecord> sessions, Bye bye, Duration budget) {
    Map<String, List<KickTarget>> byGateway = new HashMap<>();
    for (SessionRecord session : sessions) {
      byGateway
          .computeIfAbsent(session.gateway(), gateway -> new ArrayList<>())
          .add(
              KickTarget.newBuilder()
                  .setConnection(session.connection())
                  .setSessionId(session.sessionId())
                  .build());
    }
    List<Future<Integer>> kicks = new ArrayList<>();
    byGateway.forEach((gateway, targets) -> kicks.add(kick(gateway, targets, bye, budget)));
    return Future.join(kicks).map(done -> kicks.stream().mapToInt(Future::result).sum());
  }

  private Future<Integer> kick(String gateway, List<KickTarget> targets, Bye bye, Duration budget) {
    if (!gateways.isMember(gateway)) {
      return Future.succeededFuture(0);
    }
    return gateways
        .kick(gateway, targets, bye, budget)
        .recover(
            failure ->
                gateways.isMember(gateway)
                    ? Future.failedFuture(failure)
                    : Future.succeededFuture(0));
  }
}
