package io.skein.gateway;

import io.skein.gateway.call.CallRouter;
import io.skein.gateway.call.Connecting;
import io.skein.gateway.call.ConnectionMethods;
import io.skein.gateway.call.Forwarding;
import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.Timing;
import io.skein.gateway.connection.CallHandler;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.ConnectionObserver;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.connection.FlushTurn;
import io.skein.gateway.connection.GatewayMetrics;
import io.skein.gateway.connection.PauseWatch;
import io.skein.gateway.connection.Surroundings;
import io.skein.gateway.connection.Sweep;
import io.skein.gateway.http.Bearers;
import io.skein.gateway.push.DeliveredMarks;
import io.skein.gateway.push.NotifyHints;
import io.skein.gateway.push.Pushes;
import io.skein.gateway.room.LocalUsers;
import io.skein.gateway.room.Rooms;
import io.skein.gateway.session.GatewayIdentity;
import io.skein.gateway.session.Reconciliation;
import io.skein.gateway.session.Resyncs;
import io.skein.gateway.session.SessionLink;
import io.skein.gateway.wire.Call;
import io.skein.mesh.Mesh;
import io.skein.protocol.CloseCode;
import io.vertx.core.Context;
import java.security.SecureRandom;
import java.util.List;

/** The parts of one gateway instance, put together. What they share is its event loop. */
final class Gateway implements ConnectionObserver, CallHandler {
  private final Surroundings around;
  private final PauseWatch pauseWatch;
  private final Connections connections;
  private final SessionLink sessions;
  private final Reconciliation reconciliation;
  private final DeliveredMarks marks;
  private final NotifyHints hints;
  private final Pushes pushes;
  private final LocalUsers users = new LocalUsers();
  private final Rooms rooms;
  private final Resyncs resyncs;
  private final Bearers bearers;
  private final Forwarding forwarding;
  private final CallRouter router;

  Gateway(GatewayConfig config, Mesh mesh, GatewayIdentity self, Context context) {
    Timing timing = config.timing();
    pauseWatch = new PauseWatch(timing.pauseLimit(), System::nanoTime);
    around =
        new Surroundings(
            config.limits(),
            timing,
            System::nanoTime,
            new FlushTurn(
                task -> context.runOnContext(turn -> task.run()), this::closeAllAfterPause),
            new Sweep(),
            new GatewayMetrics(mesh.meters()),
            this,
            this);
    connections = new Connections(around);
    sessions = new SessionLink(mesh.bus(), self);
    marks = new DeliveredMarks(mesh, timing.markDelay());
    hints = new NotifyHints(mesh);
    pushes = new Pushes(connections);
    bearers = new Bearers(sessions, around);
    forwarding = new Forwarding(mesh, System::nanoTime, self.instanceId() + "-");
    rooms = Rooms.over(mesh.bus(), users, config.limits().maxRoomMembers());
    resyncs = new Resyncs(mesh.vertx(), new SecureRandom(), timing.countersEvery());
    reconciliation =
        new Reconciliation(mesh, self, sessions, connections, resyncs, timing.countersEvery());
    Connecting connecting = new Connecting(sessions, around, mesh.clock(), mesh.node().version());
    router =
        new CallRouter(
            new ConnectionMethods(connecting, sessions, marks, mesh.clock()), forwarding);
  }

  @Override
  public void handle(Connection connection, Call call) {
    router.handle(connection, call);
  }

  @Override
  public void refused(Connection connection, Call call) {
    router.refused(connection, call);
  }

  @Override
  public void opened(Connection connection) {
    users.opened(connection);
  }

  @Override
  public void missed(String userId, List<Missed> missed) {
    hints.add(userId, missed);
  }

  @Override
  public void closed(Connection connection) {
    connections.remove(connection);
    users.closed(connection);
    connection.session().ifPresent(session -> sessions.close(connection, session));
  }

  /** Looks at all deadlines. */
  void tick() {
    closeAllAfterPause();
    pauseWatch.beat();
    around.sweep().run(System.nanoTime());
    hints.send();
  }

  /**
   * After a pause in which others may have given this gateway up, nothing that is queued may go out
   * any more: clients come back and sync.
   */
  private void closeAllAfterPause() {
    if (pauseWatch.overslept()) {
      connections
          .all()
          .forEach(c -> c.close(CloseCode.STALE_NODE, "the server was away for too long"));
    }
  }

  Surroundings around() {
    return around;
  }

  Connections connections() {
    return connections;
  }

  Reconciliation reconciliation() {
    return reconciliation;
  }

  DeliveredMarks marks() {
    return marks;
  }

  NotifyHints hints() {
    return hints;
  }

  Pushes pushes() {
    return pushes;
  }

  Rooms rooms() {
    return rooms;
  }

  /** Tells all clients that they may have missed something, each after a random wait. */
  void resyncAll(String reason) {
    connections.all().stream()
        .filter(Connection::isOpen)
        .forEach(connection -> resyncs.add(connection, reason));
  }

  Bearers bearers() {
    return bearers;
  }

  Forwarding forwarding() {
    return forwarding;
  }
}
