package io.skein.message;

import io.skein.embedded.PostgresAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A line to Postgres that can be cut between a commit and its answer: what is asked goes through,
 * what is answered is lost.
 */
final class CutLine implements AutoCloseable {
  private final PostgresAddress server;
  private final NetClient client;
  private final NetServer listener;
  private final Queue<NetSocket> sockets = new ConcurrentLinkedQueue<>();
  private final Set<NetSocket> muted = ConcurrentHashMap.newKeySet();

  CutLine(Vertx vertx, PostgresAddress server) {
    this.server = server;
    this.client = vertx.createNetClient();
    this.listener =
        Given.get(vertx.createNetServer().connectHandler(this::connect).listen(0, "127.0.0.1"));
  }

  /** Where the server is to be found through this line. */
  PostgresAddress address() {
    return new PostgresAddress(
        "127.0.0.1", listener.actualPort(), server.database(), server.user(), server.password());
  }

  private void connect(NetSocket near) {
    near.pause();
    sockets.add(near);
    client
        .connect(server.port(), server.host())
        .onFailure(absent -> near.close())
        .onSuccess(
            far -> {
              far.handler(answer -> answer(near, answer))
                  .closeHandler(closed -> near.close())
                  .exceptionHandler(broken -> near.close());
              near.handler(far::write)
                  .closeHandler(closed -> far.close())
                  .exceptionHandler(broken -> far.close())
                  .resume();
            });
  }

  private void answer(NetSocket near, Buffer answer) {
    if (!muted.contains(near)) {
      near.write(answer);
    }
  }

  /** From now on no answer comes back on the connections that there are. */
  void mute() {
    muted.addAll(sockets);
  }

  /** Ends the connections that there are; new ones have both directions. */
  void cut() {
    List<NetSocket> all = List.copyOf(sockets);
    sockets.removeAll(all);
    all.forEach(NetSocket::close);
  }

  @Override
  public void close() {
    Given.get(listener.close());
    Given.get(client.close());
  }
}
