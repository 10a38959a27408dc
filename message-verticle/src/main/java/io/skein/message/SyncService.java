package io.skein.message;

import io.skein.message.ConversationStore.SyncPage;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Tells a client what changed since it asked last. Repeats are possible, skips are not: the next
 * sync starts at the oldest transaction that was still open when this one's first page was read.
 */
final class SyncService {
  private final ConversationStore conversations;
  private final PageLimits pages;
  private final int maxPageBytes;

  SyncService(ConversationStore conversations, PageLimits pages, int maxPageBytes) {
    this.conversations = conversations;
    this.pages = pages;
    this.maxPageBytes = maxPageBytes;
  }

  Future<SyncReply> sync(Caller caller, SyncRequest request) {
    int limit = pages.limit(request.getLimit());
    if (request.getCursor().isEmpty()) {
      return fromTheStart(caller, limit, false);
    }
    return SyncCursor.decode(request.getCursor())
        .map(cursor -> goOn(caller, cursor, limit))
        .orElseGet(() -> fromTheStart(caller, limit, true));
  }

  private Future<SyncReply> fromTheStart(Caller caller, int limit, boolean resync) {
    return conversations
        .sync(caller.userId(), 0, Optional.empty(), limit + 1)
        .map(page -> reply(page, 0, page.horizon(), limit, resync));
  }

  /**
   * A cursor from another database, or from one that has been set back in time, cannot be compared
   * with the transaction ids of this one.
   */
  private Future<SyncReply> goOn(Caller caller, SyncCursor cursor, int limit) {
    return conversations
        .sync(caller.userId(), cursor.since(), cursor.after(), limit + 1)
        .compose(
            page -> {
              boolean ours = page.historyId().equals(cursor.historyId());
              if (!ours || Math.max(cursor.since(), cursor.next()) > page.horizon()) {
                return fromTheStart(caller, limit, true);
              }
              boolean first = cursor.after().isEmpty();
              long next = first ? page.horizon() : cursor.next();
              return Future.succeededFuture(reply(page, cursor.since(), next, limit, false));
            });
  }

  /** One row more than asked for has been read, to see whether there are more. */
  private SyncReply reply(SyncPage page, long since, long next, int limit, boolean resync) {
    List<ConversationView> shown = fitting(page.conversations(), limit);
    boolean more = shown.size() < page.conversations().size();
    SyncCursor cursor =
        more
            ? new SyncCursor(page.historyId(), since, next, Optional.of(shown.getLast().position()))
            : SyncCursor.between(page.historyId(), next);
    SyncReply.Builder reply =
        SyncReply.newBuilder()
            .setMore(more)
            .setResync(resync)
            .setCursor(cursor.encode())
            .setTotalUnread(page.totalUnread());
    shown.forEach(view -> reply.addConversations(Views.toProto(view)));
    return reply.build();
  }

  /** As many as asked for, as long as their last entries stay within the bytes of a page. */
  private List<ConversationView> fitting(List<ConversationView> views, int limit) {
    int size = 0;
    long bytes = 0;
    while (size < Math.min(limit, views.size())) {
      bytes += views.get(size).lastEntry().map(entry -> entry.body().size()).orElse(0);
      if (bytes > maxPageBytes && size > 0) {
        break;
      }
      size++;
    }
    return views.subList(0, size);
  }
}
