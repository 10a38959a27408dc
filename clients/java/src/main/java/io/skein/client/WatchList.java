package io.skein.client;

import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose presence the application wants. The server forgets it with the session, so that it is said
 * again after every connect. Confined to the loop.
 */
final class WatchList {
  private static final Logger LOG = LoggerFactory.getLogger(WatchList.class);

  private final CallDesk calls;
  private final Consumer<Presence> onPresence;
  private final Set<String> users = new LinkedHashSet<>();

  WatchList(CallDesk calls, Consumer<Presence> onPresence) {
    this.calls = calls;
    this.onPresence = onPresence;
  }

  CompletableFuture<List<Presence>> watch(Collection<String> userIds) {
    users.addAll(userIds);
    return ask(userIds).thenApply(WatchReply::getPresencesList);
  }

  CompletableFuture<Void> unwatch(Collection<String> userIds) {
    users.removeAll(Set.copyOf(userIds));
    UnwatchRequest request = UnwatchRequest.newBuilder().addAllUserIds(userIds).build();
    return calls.call(Calls.UNWATCH, request).thenAccept(done -> {});
  }

  void online() {
    if (!users.isEmpty()) {
      Outcomes.handle(
          ask(users),
          (known, failure) -> {
            if (failure == null) {
              known.getPresencesList().forEach(onPresence);
            } else {
              LOG.warn("presence cannot be watched for the moment", failure);
            }
          });
    }
  }

  private CompletableFuture<WatchReply> ask(Collection<String> userIds) {
    return calls.call(Calls.WATCH, WatchRequest.newBuilder().addAllUserIds(userIds).build());
  }
}
