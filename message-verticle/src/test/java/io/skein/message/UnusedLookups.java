package io.skein.message;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** For tests that look nothing up: that is tested with the real Postgres. */
final class UnusedLookups implements Lookups {
  @Override
  public Future<Optional<List<Entry>>> entries(UUID id, String userId, List<Integer> seqs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<List<Entry>>> versions(UUID id, String userId, int seq, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<List<Entry>>> pinned(UUID id, String userId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Integer> seqAt(UUID conversationId, Instant time) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<Receipts>> receipts(
      UUID id, String userId, int seq, String afterUser, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<List<String>>> reactions(
      UUID id, String userId, int seq, String key, String afterUser, int limit) {
    throw new UnsupportedOperationException();
  }
}
