package io.skein.client;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of pushes, own sends and history pages one ascending stream of entries for each
 * conversation, without doubles and without holes. Confined to the loop.
 */
final class Timeline {

  /** Where the stream goes. */
  interface Sink {
    void entry(Entry entry);

    void skipped(String conversationId, int afterSeq, int beforeSeq);

    /** Whether entries should stay on the server for a while. */
    boolean full();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

  /** An entry that is only late fills its gap by itself within this time. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final int PAGE = 200;

  private final Loop loop;
  private final CallDesk calls;
  private final StateStore store;
  private final int catchUpLimit;
  private final Sink sink;
  private final Map<String, ConversationTracker> trackers = new HashMap<>();
  private final Map<String, CompletableFuture<Void>> pulls = new HashMap<>();
  private boolean complete;

  Timeline(Loop loop, CallDesk calls, StateStore store, int catchUpLimit, Sink sink) {
    this.loop = loop;
    this.calls = calls;
    this.store = store;
    this.catchUpLimit = catchUpLimit;
    this.sink = sink;
    this.complete = !store.cursor().isEmpty();
  }

  /** A pushed entry, or an own one that has been committed. */
  void offer(Entry entry) {
    String id = entry.getConversationId();
    // Before the first sync it is unknown how old a conversation is: take it from here.
    int unseen = complete ? 0 : entry.getSeq() - 1;
    ConversationTracker tracker = tracker(id, unseen);
    if (sink.full()) {
      tracker.knowHead(entry.getSeq());
    } else {
      tracker.offer(entry).forEach(this::apply);
    }
    if (tracker.hasGap() && !pulls.containsKey(id)) {
      loop.schedule(GRACE, () -> fillAlone(id, tracker));
    }
  }

  /**
   * A sync says how long a conversation's log is. Of one that a first sync finds, the application
   * reads the history as it likes; of all others it is given what it missed.
   *
   * @return complete when the application has been given everything up to there
   */
  CompletableFuture<Void> reached(String conversationId, int headSeq, boolean firstSync) {
    ConversationTracker tracker = tracker(conversationId, firstSync ? headSeq : 0);
    tracker.knowHead(headSeq);
    return fill(conversationId, tracker);
  }

  /** All conversations there are have been heard of: an unknown one is new. */
  void complete() {
    complete = true;
  }

  /** The log may be another one: what lies beyond its head was never there. */
  void shrink(String conversationId, int headSeq) {
    ConversationTracker tracker = trackers.get(conversationId);
    if (tracker != null && tracker.applied() > headSeq) {
      trackers.put(conversationId, new ConversationTracker(headSeq));
      store.saveApplied(conversationId, headSeq);
    }
  }

  private ConversationTracker tracker(String conversationId, int otherwise) {
    return trackers.computeIfAbsent(
        conversationId,
        id -> {
          OptionalInt applied = store.applied(id);
          return new ConversationTracker(applied.isPresent() ? applied.getAsInt() : otherwise);
        });
  }

  private void fillAlone(String id, ConversationTracker tracker) {
    Outcomes.handle(
        fill(id, tracker),
        (nothing, failure) -> {
          if (failure != null) {
            LOG.debug("entries of {} are missing until the next sync", id, failure);
          }
        });
  }

  private CompletableFuture<Void> fill(String id, ConversationTracker tracker) {
    CompletableFuture<Void> running = pulls.get(id);
    if (running != null) {
      return running;
    }
    if (!tracker.hasGap()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    pulls.put(id, done);
    Outcomes.handle(done, (nothing, failure) -> pulls.remove(id));
    skipTooMuch(id, tracker);
    pull(id, tracker, done);
    return done;
  }

  private void skipTooMuch(String id, ConversationTracker tracker) {
    int from = tracker.applied();
    int to = tracker.head() - catchUpLimit;
    if (to > from) {
      tracker.skipTo(to);
      sink.skipped(id, from, to + 1);
    }
  }

  private void pull(String id, ConversationTracker tracker, CompletableFuture<Void> done) {
    if (sink.full()) {
      loop.schedule(GRACE, () -> pull(id, tracker, done));
      return;
    }
    HistoryRequest request =
        HistoryRequest.newBuilder()
            .setConversationId(id)
            .setAfterSeq(tracker.applied())
            .setLimit(PAGE)
            .build();
    Outcomes.handle(
        calls.call(Calls.HISTORY, request),
        (page, failure) -> pulled(id, tracker, done, page, failure));
  }

  private void pulled(
      String id,
      ConversationTracker tracker,
      CompletableFuture<Void> done,
      HistoryReply page,
      Throwable failure) {
    if (failure != null && isGone(failure)) {
      trackers.remove(id);
      done.complete(null);
    } else if (failure != null) {
      done.completeExceptionally(failure);
    } else {
      int before = tracker.applied();
      List<Entry> next = tracker.page(page.getEntriesList(), page.getHeadSeq());
      next.forEach(this::apply);
      if (!tracker.hasGap()) {
        done.complete(null);
      } else if (tracker.applied() > before) {
        pull(id, tracker, done);
      } else {
        loop.schedule(GRACE, () -> pull(id, tracker, done));
      }
    }
  }

  /** No member any more: there is nothing left to fetch. */
  private static boolean isGone(Throwable failure) {
    return Failures.causeOf(failure) instanceof SkeinException refused
        && refused.code() == ErrorCode.NOT_FOUND;
  }

  private void apply(Entry entry) {
    store.saveApplied(entry.getConversationId(), entry.getSeq());
    sink.entry(entry);
  }
}
