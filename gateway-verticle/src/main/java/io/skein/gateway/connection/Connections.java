package io.skein.gateway.connection;

import io.skein.gateway.wire.Encoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connections of one instance, by number. */
public final class Connections {
  private final Map<Long, Connection> byNumber = new HashMap<>();
  private final Surroundings around;
  private long lastNumber;
  private int greeting;
  private boolean draining;

  public Connections(Surroundings around) {
    this.around = around;
  }

  /** Whether another client may come in. */
  public boolean hasRoom() {
    return !draining && byNumber.size() + greeting < around.limits().maxConnections();
  }

  /** A client is at the door and has not said how it speaks: it counts, too. */
  public void greetingBegins() {
    greeting++;
  }

  public void greetingEnds() {
    greeting--;
  }

  /**
   * Makes the connection of a client whose encoding is known.
   *
   * @param since when it came in: its deadline runs from there
   */
  public Connection open(Encoding encoding, Transport transport, long since) {
    Connection connection = new Connection(++lastNumber, encoding, transport, around, since);
    byNumber.put(connection.number(), connection);
    around.sweep().add(connection);
    return connection;
  }

  /** Forgets a connection that has been closed. */
  public void remove(Connection connection) {
    byNumber.remove(connection.number());
  }

  public Optional<Connection> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** All at this moment; they may be closed while the list is read. */
  public List<Connection> all() {
    return new ArrayList<>(byNumber.values());
  }

  public int size() {
    return byNumber.size();
  }

  /** Lets nobody in any more. */
  public void stopAccepting() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  public Surroundings around() {
    return around;
  }
}
