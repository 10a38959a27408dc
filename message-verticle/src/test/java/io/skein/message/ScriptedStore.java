package io.skein.message;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A store of entries whose appends fail as the test says. */
final class ScriptedStore implements EntryStore {
  private final EntryStore real;
  private final List<Batch> batches = new ArrayList<>();
  private Function<Batch, Optional<Throwable>> before = batch -> Optional.empty();
  private Future<Void> gate = Future.succeededFuture();
  private Function<Batch, Optional<Throwable>> afterwards = batch -> Optional.empty();

  ScriptedStore(EntryStore real) {
    this.real = real;
  }

  /** Fails without appending. */
  void failBefore(Function<Batch, Optional<Throwable>> rule) {
    before = rule;
  }

  /** Appends, then fails: as when the connection breaks between the commit and its answer. */
  void failAfterwards(Function<Batch, Optional<Throwable>> rule) {
    afterwards = rule;
  }

  /** Commits only when this has succeeded. */
  void commitAfter(Future<Void> gate) {
    this.gate = gate;
  }

  List<Batch> batches() {
    return batches;
  }

  @Override
  public Future<List<Outcome>> append(Batch batch) {
    batches.add(batch);
    Optional<Throwable> refusal = before.apply(batch);
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.orElseThrow());
    }
    return gate.compose(open -> real.append(batch))
        .compose(
            outcomes ->
                afterwards
                    .apply(batch)
                    .map(Future::<List<Outcome>>failedFuture)
                    .orElseGet(() -> Future.succeededFuture(outcomes)));
  }

  @Override
  public Future<Optional<History>> history(UUID conversationId, String userId, Range range) {
    return real.history(conversationId, userId, range);
  }

  @Override
  public Future<List<Entry>> entries(UUID conversationId, int firstSeq, int lastSeq) {
    return real.entries(conversationId, firstSeq, lastSeq);
  }
}
