package io.skein.message.retained;

import io.skein.message.Caller;
import io.skein.message.PageLimits;
import io.skein.message.RepeatableSql;
import io.skein.message.Serving;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.RetainedReply;
import io.skein.protocol.v1.RetainedRequest;
import io.vertx.core.Future;
import java.util.UUID;

/** Reading the retained values of a conversation. */
public final class RetainedService {
  private final RetainedStore store;
  private final PageLimits pages;

  private RetainedService(RetainedStore store, PageLimits pages) {
    this.store = store;
    this.pages = pages;
  }

  /**
   * Retained values in Postgres.
   *
   * @param maxPageBytes of contents in one page
   */
  public static RetainedService over(RepeatableSql sql, PageLimits pages, int maxPageBytes) {
    return new RetainedService(new PgRetainedStore(sql, maxPageBytes), pages);
  }

  /** Registers the method. */
  public void register(Serving on) {
    on.serve("messages.retained", RetainedRequest.class, RetainedReply.class, this::retained);
  }

  private Future<RetainedReply> retained(Caller caller, RetainedRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    String afterKey = request.getAfterKey();
    if (afterKey.indexOf('\0') >= 0) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "U+0000 is not allowed")
          .withField("afterKey");
    }
    return store
        .page(id, caller.userId(), afterKey, pages.limit(request.getLimit()))
        .map(
            found -> {
              RetainedStore.Page page =
                  found.orElseThrow(
                      () ->
                          new SkeinException(ErrorCode.NOT_FOUND, "there is no such conversation"));
              return RetainedReply.newBuilder()
                  .addAllEntries(page.entries())
                  .setMore(page.more())
                  .build();
            });
  }
}
