package io.skein.session.account;

import io.skein.protocol.v1.Profile;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Keeps accounts. Every method fails with UNAVAILABLE while the store cannot be reached. */
public interface AccountStore {
  /** Makes an account, durably; of several with the same id one answers true. */
  Future<Boolean> create(NewAccount account);

  /** Empty: there is no such account. */
  Future<Optional<Credentials>> credentials(String userId);

  /** Those of these users who have an account, in any order. */
  Future<List<Profile>> profiles(List<String> userIds);

  /** Those of these users whose account is in good standing, in any order. */
  Future<List<String>> existing(List<String> userIds);
}
