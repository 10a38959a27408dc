package io.skein.session.token;

import io.vertx.core.Future;

/** Makes accounts of users whom the integrator's own user system vouches for. */
@FunctionalInterface
public interface NewUsers {
  /** Done as well if the account is there already. */
  Future<Void> create(String userId);
}
