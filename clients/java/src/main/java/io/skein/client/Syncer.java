package io.skein.client;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what has changed since the last time and has what was missed fetched. One sync runs at a
 * time; whoever asks meanwhile gets the one after it. Confined to the loop.
 */
final class Syncer {
  private static final Logger LOG = LoggerFactory.getLogger(Syncer.class);
  private static final int PAGE = 100;

  private final Loop loop;
  private final CallDesk calls;
  private final StateStore store;
  private final Timeline timeline;
  private final Backoff backoff;
  private final Conversations conversations;
  private CompletableFuture<Void> running;
  private CompletableFuture<Void> following;
  private boolean online;
  private int failures;

  Syncer(
      Loop loop,
      CallDesk calls,
      StateStore store,
      Timeline timeline,
      Backoff backoff,
      Conversations conversations) {
    this.loop = loop;
    this.calls = calls;
    this.store = store;
    this.timeline = timeline;
    this.backoff = backoff;
    this.conversations = conversations;
  }

  void online() {
    online = true;
    failures = 0;
    request();
  }

  void offline() {
    online = false;
  }

  /** A sync that nobody waits for; after a failure it is tried again by itself. */
  void request() {
    Outcomes.handle(
        sync(),
        (nothing, failure) -> {
          if (failure != null) {
            LOG.debug("a sync failed", failure);
          }
        });
  }

  /**
   * Starts after this call, so that it sees all that happened before; completes when the
   * application has been given everything that it found.
   */
  CompletableFuture<Void> sync() {
    if (running == null) {
      running = new CompletableFuture<>();
      CompletableFuture<Void> mine = running;
      Outcomes.handle(
          run(store.cursor(), new Round(store.cursor().isEmpty(), new ArrayList<>())),
          (nothing, failure) -> ended(mine, failure));
      return mine;
    }
    if (following == null) {
      following = new CompletableFuture<>();
    }
    return following;
  }

  /** What one sync has found so far. */
  private record Round(boolean first, List<CompletableFuture<Void>> fetching) {}

  private CompletableFuture<Void> run(String cursor, Round round) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(PAGE).build();
    return calls.call(Calls.SYNC, request).thenCompose(page -> apply(page, round));
  }

  private CompletableFuture<Void> apply(SyncReply page, Round before) {
    Round round = page.getResync() ? new Round(true, before.fetching()) : before;
    for (Conversation conversation : page.getConversationsList()) {
      if (page.getResync()) {
        timeline.shrink(conversation.getConversationId(), conversation.getHeadSeq());
      }
      conversations.synced(conversation);
      round
          .fetching()
          .add(
              timeline.reached(
                  conversation.getConversationId(), conversation.getHeadSeq(), round.first()));
    }
    if (page.getMore()) {
      return run(page.getCursor(), round);
    }
    timeline.complete();
    return CompletableFuture.allOf(round.fetching().toArray(CompletableFuture[]::new))
        .thenRun(() -> finished(page));
  }

  /** Only now: a program that ends earlier asks for the same changes again. */
  private void finished(SyncReply lastPage) {
    store.saveCursor(lastPage.getCursor());
    conversations.complete(lastPage.getTotalUnread());
    failures = 0;
  }

  private void ended(CompletableFuture<Void> mine, Throwable failure) {
    CompletableFuture<Void> next = following;
    running = null;
    following = null;
    if (failure != null) {
      retryLater();
      mine.completeExceptionally(Failures.causeOf(failure));
    } else {
      mine.complete(null);
    }
    if (next != null) {
      Outcomes.forward(sync(), next);
    }
  }

  private void retryLater() {
    Duration wait = backoff.delay(++failures);
    loop.schedule(
        wait,
        () -> {
          if (online && running == null) {
            request();
          }
        });
  }
}
