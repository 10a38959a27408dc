package io.skein.gateway.room;

import io.skein.gateway.connection.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The users of this gateway instance, in the order in which they came. */
public final class LocalUsers {
  private final Map<String, LocalUser> byId = new HashMap<>();
  private final TreeMap<Long, LocalUser> byNumber = new TreeMap<>();
  private long lastNumber;

  /** A session was opened. */
  public void opened(Connection connection) {
    connection.session().ifPresent(session -> come(session.userId()).add(connection));
  }

  private LocalUser come(String userId) {
    return byId.computeIfAbsent(
        userId,
        id -> {
          LocalUser user = new LocalUser(id, ++lastNumber);
          byNumber.put(user.number(), user);
          return user;
        });
  }

  /** A connection was closed, whether it had a session or not. */
  public void closed(Connection connection) {
    connection
        .session()
        .flatMap(session -> find(session.userId()))
        .ifPresent(
            user -> {
              user.remove(connection);
              if (user.isGone()) {
                byId.remove(user.id());
                byNumber.remove(user.number());
              }
            });
  }

  Optional<LocalUser> find(String userId) {
    return Optional.ofNullable(byId.get(userId));
  }

  /** The number of the user who came last. */
  long lastNumber() {
    return lastNumber;
  }

  /** Those who came after this number, at most so many. */
  List<LocalUser> after(long number, int most) {
    return byNumber.tailMap(number, false).values().stream().limit(most).toList();
  }
}
