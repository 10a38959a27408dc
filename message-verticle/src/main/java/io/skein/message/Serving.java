package io.skein.message;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/** Where the parts of the message service register their public methods. */
public interface Serving {
  /** Answers a method that a user calls. */
  <Q extends Message, R extends Message> void serve(
      String method, Class<Q> request, Class<R> reply, BiFunction<Caller, Q, Future<R>> answer);
}
