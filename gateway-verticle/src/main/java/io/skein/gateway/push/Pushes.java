package io.skein.gateway.push;

import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.wire.PushedEvent;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.internal.v1.PushTarget;
import java.util.Optional;

/** Writes what the session service pushes, and closes what it kicks. */
public final class Pushes {
  private final Connections connections;

  public Pushes(Connections connections) {
    this.connections = connections;
  }

  /** Queues each event to its targets; answers which of them are not here. */
  public PushReply push(PushRequest request) {
    PushReply.Builder reply = PushReply.newBuilder();
    for (Push push : request.getPushesList()) {
      PushedEvent event = new PushedEvent(push);
      for (PushTarget target : push.getTargetsList()) {
        if (!push(event, target)) {
          reply.addMissingSessions(target.getSessionId());
        }
      }
    }
    return reply.build();
  }

  private boolean push(PushedEvent event, PushTarget target) {
    return connections
        .find(target.getConnection())
        .filter(there -> there.push(target.getSessionId(), target.getPush(), event))
        .isPresent();
  }

  /** Says bye to the targets that are still here. */
  public KickConnectionsReply kick(KickConnectionsRequest request) {
    int closed = 0;
    for (KickTarget target : request.getTargetsList()) {
      Optional<Connection> found =
          connections
              .find(target.getConnection())
              .filter(connection -> holds(connection, target.getSessionId()));
      if (found.isPresent()) {
        found.get().close(request.getBye());
        closed++;
      }
    }
    return KickConnectionsReply.newBuilder().setClosed(closed).build();
  }

  private static boolean holds(Connection connection, String sessionId) {
    return connection.session().filter(session -> session.id().equals(sessionId)).isPresent();
  }
}
