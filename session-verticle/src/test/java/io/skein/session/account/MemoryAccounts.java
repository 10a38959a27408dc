package io.skein.session.account;

import io.skein.protocol.v1.Profile;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts in memory. */
final class MemoryAccounts implements AccountStore {
  private final Map<String, NewAccount> accounts = new HashMap<>();
  private final Set<String> banned = new HashSet<>();

  void ban(String userId) {
    banned.add(userId);
  }

  @Override
  public Future<Boolean> create(NewAccount account) {
    return Future.succeededFuture(accounts.putIfAbsent(account.userId(), account) == null);
  }

  @Override
  public Future<Optional<Credentials>> credentials(String userId) {
    return Future.succeededFuture(
        Optional.ofNullable(accounts.get(userId))
            .map(it -> new Credentials(it.passwordHash(), banned.contains(userId))));
  }

  @Override
  public Future<List<Profile>> profiles(List<String> userIds) {
    return Future.succeededFuture(
        userIds.stream()
            .filter(accounts::containsKey)
            .distinct()
            .map(accounts::get)
            .map(
                it ->
                    Profile.newBuilder()
                        .setUserId(it.userId())
                        .setDisplayName(it.displayName())
                        .setBot(it.bot())
                        .build())
            .toList());
  }

  @Override
  public Future<List<String>> existing(List<String> userIds) {
    return Future.succeededFuture(
        userIds.stream()
            .filter(userId -> accounts.containsKey(userId) && !banned.contains(userId))
            .distinct()
            .toList());
  }
}
