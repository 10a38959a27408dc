package io.skein.session.erase;

import io.vertx.core.Future;
import java.util.Optional;

/** The parts of others in the erasure of a user. What fails is to be repeated and does no harm. */
interface Erasers {
  /** Closes what connections there still are. */
  Future<Void> closeConnections(String userId);

  /** Erases some of what the message service has; answers where to go on, empty: it has all. */
  Future<Optional<String>> eraseLog(String userId, String cursor);

  Future<Void> forgetPresence(String userId);

  /** Answers whether there is more. */
  Future<Boolean> forgetNotified(String userId);
}
