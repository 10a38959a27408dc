package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Whom a user may bring into a conversation: those who exist and have not blocked the user. */
public final class Invitees {
  private final Accounts accounts;
  private final BiFunction<String, Collection<String>, Future<Set<String>>> blockers;

  /**
   * The rule.
   *
   * @param blockers those of some users who have blocked a user
   */
  public Invitees(
      Accounts accounts, BiFunction<String, Collection<String>, Future<Set<String>>> blockers) {
    this.accounts = accounts;
    this.blockers = blockers;
  }

  /**
   * Succeeds if all of them may be brought in.
   *
   * @param field of the request, for the error
   * @return fails with NOT_FOUND or PERMISSION_DENIED, which names one who may not
   */
  public Future<Void> check(String caller, List<String> users, String field) {
    return users.isEmpty()
        ? Future.succeededFuture()
        : accounts
            .existing(users)
            .compose(
                existing -> {
                  refuseIfAny(
                      users.stream().filter(user -> !existing.contains(user)).toList(),
                      ErrorCode.NOT_FOUND,
                      "there is no user ",
                      field);
                  return blockers.apply(caller, users);
                })
            .map(
                blocked -> {
                  refuseIfAny(
                      users.stream().filter(blocked::contains).toList(),
                      ErrorCode.PERMISSION_DENIED,
                      "you may not bring in ",
                      field);
                  return null;
                });
  }

  private static void refuseIfAny(List<String> users, ErrorCode code, String why, String field) {
    if (!users.isEmpty()) {
      throw new SkeinException(code, why + users.getFirst()).withField(field);
    }
  }
}
