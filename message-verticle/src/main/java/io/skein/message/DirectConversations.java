package io.skein.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation.Kind;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which direct conversations may be written to: those that exist, and those whose other user does.
 * Must be used from one event loop only.
 */
final class DirectConversations {
  private final ConversationStore store;
  private final Accounts accounts;

  /** Conversations that need no further look; they never cease to exist. */
  private final Cache<UUID, Boolean> known;

  /** Calls that ask at the same time wait for one answer, and go on in their order. */
  private final Map<UUID, Future<Void>> asking = new HashMap<>();

  DirectConversations(ConversationStore store, Accounts accounts, int maxKnown) {
    this.store = store;
    this.accounts = accounts;
    this.known = Caffeine.newBuilder().maximumSize(maxKnown).build();
  }

  boolean isKnown(UUID conversationId) {
    return known.getIfPresent(conversationId) != null;
  }

  void remember(UUID conversationId) {
    known.put(conversationId, Boolean.TRUE);
  }

  /**
   * Succeeds if the conversation exists or may be made.
   *
   * @param peer whom the caller writes to
   * @return NOT_FOUND if there is no such user
   */
  Future<Void> check(DirectPair pair, String peer) {
    UUID id = pair.conversationId();
    if (pair.isSelf() || isKnown(id)) {
      return Future.succeededFuture();
    }
    Future<Void> started = asking.get(id);
    if (started != null) {
      return started;
    }
    Future<Void> answer =
        store
            .exists(id)
            .compose(
                exists -> {
                  if (exists) {
                    remember(id);
                    return Future.succeededFuture();
                  }
                  return checkAccount(peer);
                });
    if (!answer.isComplete()) {
      asking.put(id, answer);
    }
    return answer.onComplete(done -> asking.remove(id));
  }

  private Future<Void> checkAccount(String peer) {
    return accounts
        .existing(List.of(peer))
        .compose(
            existing ->
                existing.contains(peer)
                    ? Future.succeededFuture()
                    : Future.failedFuture(noSuchUser("to.userId")));
  }

  /**
   * Of a conversation in which the caller may not write. If it is a direct one whose other user has
   * been erased, the answer is that of a user who does not exist.
   *
   * @param target the field that named the conversation or the user
   * @return NOT_FOUND if the other user is gone
   */
  Future<Void> checkPeer(UUID conversationId, String userId, String target) {
    return store
        .view(conversationId, userId)
        .compose(
            view ->
                view.filter(found -> found.kind() == Kind.DIRECT && found.memberCount() < 2)
                        .isPresent()
                    ? Future.failedFuture(noSuchUser(target))
                    : Future.succeededFuture());
  }

  private static SkeinException noSuchUser(String field) {
    return new SkeinException(ErrorCode.NOT_FOUND, "there is no such user").withField(field);
  }
}
