package io.skein.session.directory;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.session.batch.Batcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The shared directory with this instance's memory in front of it. Writes are for users that hash
 * to this instance; others are read through, and never remembered.
 */
final class Directory {
  private static final int MAX_BATCH = 256;
  private static final int MAX_WAITING = 100_000;

  private final DirectoryStore store;
  private final DirectoryMemory memory;
  private final Predicate<String> owned;
  private final SessionChanges changes;
  private final LongSupplier nanos;
  private final PerUser perUser = new PerUser();

  /** Users of whom the store may know something else, as the outcome of a write is unknown. */
  private final Set<String> doubtful = new HashSet<>();

  private final Batcher<String, List<SessionRecord>> reads;
  private final Batcher<SessionRecord, Boolean> removals;

  /**
   * @param owned whether the ring gives a user to this instance
   */
  Directory(
      DirectoryStore store,
      DirectoryMemory memory,
      Predicate<String> owned,
      SessionChanges changes,
      LongSupplier nanos) {
    this.store = store;
    this.memory = memory;
    this.owned = owned;
    this.changes = changes;
    this.nanos = nanos;
    this.reads = new Batcher<>(store::read, Function.identity(), MAX_BATCH, MAX_WAITING);
    this.removals = new Batcher<>(store::remove, Function.identity(), MAX_BATCH, MAX_WAITING);
  }

  /**
   * Refuses writes for users of another instance, whose memory would not learn of them.
   *
   * @throws SkeinException UNAVAILABLE: the caller's ring is about to change
   */
  void checkOwned(String userId) {
    if (!owned.test(userId)) {
      throw new SkeinException(
          ErrorCode.UNAVAILABLE, "another session instance holds this user: try again");
    }
  }

  Future<OpenOutcome> open(SessionRecord session, DevicePolicy policy) {
    String userId = session.userId();
    return perUser.inOrder(
        userId,
        () ->
            store
                .open(session, policy)
                .onSuccess(outcome -> learn(session, outcome))
                .onFailure(unknown -> doubtful.add(userId)));
  }

  private void learn(SessionRecord session, OpenOutcome outcome) {
    switch (outcome) {
      case OpenOutcome.Opened opened -> {
        remember(session.userId(), () -> memory.opened(session, opened.kept()));
        opened.losers().forEach(changes::closed);
        changes.opened(session);
      }
      case OpenOutcome.Refused refused ->
          remember(session.userId(), () -> memory.put(session.userId(), refused.present()));
      case OpenOutcome.Stale stale -> memory.forget(session.userId());
    }
  }

  /** Removes a session where it is still the one on record. Answers whether it was. */
  Future<Boolean> remove(SessionRecord session) {
    return perUser.inOrder(
        session.userId(),
        () -> removals.ask(session).onSuccess(removed -> removed(session, removed)));
  }

  private void removed(SessionRecord session, boolean removed) {
    if (removed) {
      // Memory knows more of it than a gateway tells when it closes.
      changes.closed(
          memory
              .find(new DeviceKey(session.userId(), session.deviceId()))
              .map(LiveSession::record)
              .filter(session::isSame)
              .orElse(session));
    }
    memory.remove(session);
  }

  Future<Void> removeAll(Collection<SessionRecord> sessions) {
    return Future.join(sessions.stream().map(this::remove).toList()).mapEmpty();
  }

  /** Keeps sessions of the device up to this epoch out from now on. Answers what it removed. */
  Future<Optional<SessionRecord>> fence(DeviceKey device, long epoch) {
    return perUser.inOrder(
        device.userId(),
        () ->
            store
                .fence(device.userId(), device.deviceId(), epoch)
                .onSuccess(
                    removed -> {
                      removed.ifPresent(memory::remove);
                      removed.ifPresent(changes::closed);
                    })
                .onFailure(unknown -> doubtful.add(device.userId())));
  }

  /** Writes sessions back; in order. */
  Future<List<RestoreOutcome>> restore(List<SessionRecord> sessions) {
    return store.restore(sessions).onSuccess(outcomes -> restored(sessions, outcomes));
  }

  private void restored(List<SessionRecord> sessions, List<RestoreOutcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) == RestoreOutcome.WRITTEN) {
        // What is remembered of the user may lack it.
        memory.forget(sessions.get(i).userId());
        changes.opened(sessions.get(i));
      }
    }
  }

  /**
   * Reads users anew of whom a write failed. Until that succeeds they are as they were before:
   * whoever is connected is reached also while the store is away.
   */
  Future<Void> recheck() {
    List<String> users = doubtful.stream().limit(MAX_BATCH).toList();
    return Future.join(users.stream().map(this::reread).toList()).mapEmpty();
  }

  private Future<Void> reread(String userId) {
    return perUser
        .inOrder(userId, () -> reads.ask(userId).onSuccess(records -> keep(userId, records)))
        .onSuccess(known -> doubtful.remove(userId))
        .mapEmpty();
  }

  /** The sessions of each of these users. */
  Future<Map<String, List<LiveSession>>> find(Collection<String> userIds) {
    Map<String, List<LiveSession>> found = new HashMap<>();
    List<Future<?>> reading = new ArrayList<>();
    for (String userId : userIds) {
      Optional<List<LiveSession>> known = remembered(userId);
      if (known.isPresent()) {
        found.put(userId, known.get());
      } else {
        reading.add(read(userId).onSuccess(sessions -> found.put(userId, sessions)));
      }
    }
    return reading.isEmpty()
        ? Future.succeededFuture(found)
        : Future.all(reading).map(done -> found);
  }

  Future<List<LiveSession>> find(String userId) {
    return find(List.of(userId)).map(found -> found.get(userId));
  }

  private Optional<List<LiveSession>> remembered(String userId) {
    return owned.test(userId) ? memory.find(userId).map(List::copyOf) : Optional.empty();
  }

  private Future<List<LiveSession>> read(String userId) {
    return perUser.inOrder(
        userId,
        () ->
            remembered(userId)
                .map(Future::succeededFuture)
                .orElseGet(() -> reads.ask(userId).map(records -> keep(userId, records))));
  }

  private List<LiveSession> keep(String userId, List<SessionRecord> records) {
    remember(userId, () -> memory.put(userId, records));
    return remembered(userId)
        .orElseGet(
            () ->
                records.stream()
                    .map(record -> new LiveSession(record, false, nanos.getAsLong()))
                    .toList());
  }

  private void remember(String userId, Runnable update) {
    if (owned.test(userId)) {
      update.run();
    } else {
      memory.forget(userId);
    }
  }
}
