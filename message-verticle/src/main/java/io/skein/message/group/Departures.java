package io.skein.message.group;

import io.skein.message.Caller;
import io.skein.message.group.GroupCalls.Delivered;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Takes users out of groups and channels whose accounts have ended. */
public final class Departures {
  private final GroupStore store;
  private final GroupRules rules;
  private final GroupCalls calls;

  Departures(GroupStore store, GroupRules rules, GroupCalls calls) {
    this.store = store;
    this.rules = rules;
    this.calls = calls;
  }

  /**
   * Takes a user out; an owner hands over first, to the admin, or else the member, who has been
   * there for the longest time. Does nothing where the user is no member, and in direct
   * conversations.
   */
  public Future<Void> leave(UUID conversationId, String userId) {
    return store
        .depart(conversationId, userId, rules::depart)
        .map(
            all -> {
              Caller leaver = new Caller(userId, "", Optional.empty(), 0);
              all.forEach(made -> calls.deliver(leaver, conversationId, Delivered.of(made)));
              return null;
            });
  }
}
