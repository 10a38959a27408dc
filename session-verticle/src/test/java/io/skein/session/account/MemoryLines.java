package io.skein.session.account;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lines in memory. */
final class MemoryLines implements LineStore {
  private record Line(Owner owner, byte[] secretHash, Instant expiresAt) {}

  private final Map<UUID, Line> lines = new HashMap<>();

  @Override
  public Future<Void> begin(RefreshToken token, Owner owner, Instant expiresAt) {
    lines.put(token.line(), new Line(owner, token.secretHash(), expiresAt));
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<Owner>> rotate(
      RefreshToken old, RefreshToken next, Instant now, Instant expiresAt) {
    Line line = lines.get(old.line());
    if (line == null
        || !line.expiresAt().isAfter(now)
        || !Arrays.equals(line.secretHash(), old.secretHash())) {
      return Future.succeededFuture(Optional.empty());
    }
    lines.put(old.line(), new Line(line.owner(), next.secretHash(), expiresAt));
    return Future.succeededFuture(Optional.of(line.owner()));
  }

  @Override
  public Future<Optional<Owner>> end(UUID line, Instant now) {
    return Future.succeededFuture(
        Optional.ofNullable(lines.get(line))
            .filter(it -> it.expiresAt().isAfter(now))
            .map(
                it -> {
                  lines.remove(line);
                  return it.owner();
                }));
  }
}
