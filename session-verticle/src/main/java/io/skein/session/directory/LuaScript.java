package io.skein.session.directory;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A script that Redis runs as one atomic step. It is sent whole each time, about a kilobyte:
 * simpler than to notice that a restarted Redis forgot it, and Redis compiles it once either way.
 */
record LuaScript(String text) {
  /** A script from the resources of this package. */
  static LuaScript load(String name) {
    try (InputStream in = LuaScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new LuaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The call that runs it on one key. */
  Request on(String key, String... arguments) {
    Request request = Request.cmd(Command.EVAL).arg(text).arg(1).arg(key);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return request;
  }
}
