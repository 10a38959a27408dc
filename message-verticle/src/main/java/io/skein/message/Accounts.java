package io.skein.message;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Set;

/** Which users there are, as the session service knows. */
@FunctionalInterface
public interface Accounts {
  /** Those of the given users that exist. */
  Future<Set<String>> existing(Collection<String> userIds);
}
