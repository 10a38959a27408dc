package io.skein.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Members by conversation and version: a list is good for every entry that was appended under its
 * version or an older one, because it also holds those who left, with the seq at which they did.
 * Must be used from one event loop only.
 */
final class MemberCache {
  private static final Members NOBODY = Members.of(Integer.MAX_VALUE, List.of());

  private final MemberLookup store;
  private final int most;
  private final Cache<UUID, Members> cache;
  private final Map<UUID, Future<Members>> loading = new HashMap<>();

  /**
   * A cache.
   *
   * @param most members of a conversation that is not large
   * @param maxMembers memberships held, over all conversations
   */
  MemberCache(MemberLookup store, int most, long maxMembers) {
    this.store = store;
    this.most = most;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxMembers)
            .weigher((UUID id, Members members) -> 1 + members.all().size())
            .build();
  }

  /** The members as of this version or a later one. Of a conversation that is gone: nobody. */
  Future<Members> get(UUID conversationId, int version) {
    Members known = cache.getIfPresent(conversationId);
    if (known != null && known.version() >= version) {
      return Future.succeededFuture(known);
    }
    Future<Members> started = loading.get(conversationId);
    if (started != null) {
      return started.compose(
          members ->
              members.version() >= version
                  ? Future.succeededFuture(members)
                  : get(conversationId, version));
    }
    Future<Members> load = store.members(conversationId, most).map(found -> found.orElse(NOBODY));
    if (!load.isComplete()) {
      loading.put(conversationId, load);
    }
    return load.andThen(
        done -> {
          loading.remove(conversationId);
          Optional.ofNullable(done.result())
              .filter(members -> members != NOBODY)
              .ifPresent(members -> cache.put(conversationId, members));
        });
  }

  void forget(UUID conversationId) {
    cache.invalidate(conversationId);
  }
}
