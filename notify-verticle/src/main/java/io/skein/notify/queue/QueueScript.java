package io.skein.notify.queue;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script that Redis runs as one atomic step. It is sent whole each time, less than a kilobyte:
 * simpler than to notice that a restarted Redis forgot it, and Redis compiles it once either way.
 */
record QueueScript(String text, List<String> keys) {
  /** A script from the resources of this package, and the keys it works on. */
  static QueueScript load(String name, String... keys) {
    try (InputStream in = QueueScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new QueueScript(new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of(keys));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The call that runs it; arguments are to be added. */
  Request call() {
    Request request = Request.cmd(Command.EVAL).arg(text).arg(keys.size());
    keys.forEach(request::arg);
    return request;
  }
}
