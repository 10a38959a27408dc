package io.skein.gateway.http;

import io.skein.gateway.connection.Surroundings;
import io.skein.gateway.connection.Swept;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends HTTP connections on which nothing happens: those that never ask, those that do not finish
 * their request, and those that were kept alive for nothing.
 */
final class HttpPatience {
  private static final Logger LOG = LoggerFactory.getLogger(HttpPatience.class);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
  private static final Duration REQUEST = Duration.ofSeconds(30);

  private final Surroundings around;
  private final Map<HttpConnection, Watched> watched = new HashMap<>();

  HttpPatience(Surroundings around) {
    this.around = around;
  }

  /** Watches a connection that was accepted, if there is room for it. */
  void begin(HttpConnection connection) {
    if (watched.size() >= around.limits().maxConnections()) {
      close(connection);
      return;
    }
    Watched one = new Watched(connection);
    one.wait(around.timing().connectDeadline());
    watched.put(connection, one);
    around.sweep().add(one);
    connection.closeHandler(closed -> end(connection));
  }

  /** Gives a request its time, and the connection time for the next one. */
  void request(HttpServerRequest request) {
    Watched one = watched.get(request.connection());
    if (one != null) {
      one.wait(REQUEST);
      request.response().endHandler(ended -> one.wait(KEEP_ALIVE));
    }
  }

  /** Watches a connection no longer: it is a WebSocket now, or gone. */
  void end(HttpConnection connection) {
    Watched one = watched.remove(connection);
    if (one != null) {
      around.sweep().remove(one);
    }
  }

  private static void close(HttpConnection connection) {
    connection.close().onFailure(failure -> LOG.debug("already closed: {}", failure.getMessage()));
  }

  private final class Watched implements Swept {
    private final HttpConnection connection;
    private long deadline;

    private Watched(HttpConnection connection) {
      this.connection = connection;
    }

    private void wait(Duration time) {
      deadline = around.nanoTime().getAsLong() + time.toNanos();
    }

    @Override
    public void sweep(long now) {
      if (now - deadline >= 0) {
        end(connection);
        close(connection);
      }
    }
  }
}
