package io.skein.gateway.room;

import io.skein.gateway.connection.Connection;
import io.skein.gateway.wire.PushedEvent;
import java.util.List;
import java.util.stream.Stream;

/** A user with open sessions here. Gone for good once the last has closed. */
final class LocalUser {
  private final String id;
  private final long number;
  private List<Connection> connections = List.of();

  LocalUser(String id, long number) {
    this.id = id;
    this.number = number;
  }

  String id() {
    return id;
  }

  /** Grows with each user that comes. */
  long number() {
    return number;
  }

  boolean isGone() {
    return connections.isEmpty();
  }

  void add(Connection connection) {
    connections = Stream.concat(connections.stream(), Stream.of(connection)).toList();
  }

  void remove(Connection connection) {
    connections = connections.stream().filter(other -> other != connection).toList();
  }

  /** To all sessions but one. A connection that cannot take it closes itself. */
  void push(PushedEvent event, String excludeSession) {
    for (Connection connection : connections) {
      connection
          .session()
          .filter(session -> !session.id().equals(excludeSession))
          .ifPresent(session -> connection.push(session.id(), 0, event));
    }
  }
}
