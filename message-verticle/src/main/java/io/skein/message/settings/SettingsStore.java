package io.skein.message.settings;

import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.ConversationSettings;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where settings are kept. */
interface SettingsStore {
  /**
   * Changes what is given.
   *
   * @return all settings after it; empty: the user is no member
   */
  Future<Optional<ConversationSettings>> configure(
      UUID conversationId, String userId, ConfigureRequest wanted);

  /**
   * Takes single entries out of the user's sight.
   *
   * @return all settings after it; empty: the user is no member; fails with NOT_FOUND: one of the
   *     entries is not there for the user; with TOO_LARGE: more than can be remembered
   */
  Future<Optional<ConversationSettings>> hide(
      UUID conversationId, String userId, List<Integer> seqs);

  /** Takes everything up to a seq out of the user's sight; only forward. */
  Future<Optional<ConversationSettings>> clear(UUID conversationId, String userId, int seq);
}
