package io.skein.message.export;

import io.skein.message.Caller;
import io.skein.message.PageLimits;
import io.skein.message.RepeatableSql;
import io.skein.message.Serving;
import io.skein.message.export.ExportCursor.Part;
import io.skein.protocol.v1.ExportConversationsRequest;
import io.skein.protocol.v1.ExportReply;
import io.vertx.core.Future;
import java.util.Optional;

/** Tells users all that is held about them here, part after part. */
public final class ExportService {
  private final ExportStore store;
  private final PageLimits pages;

  private ExportService(ExportStore store, PageLimits pages) {
    this.store = store;
    this.pages = pages;
  }

  /**
   * The data of users in Postgres.
   *
   * @param maxPageBytes of contents in one page
   */
  public static ExportService over(RepeatableSql sql, PageLimits pages, int maxPageBytes) {
    return new ExportService(new ExportStore(sql, maxPageBytes), pages);
  }

  /** Registers the method. */
  public void register(Serving on) {
    on.serve(
        "conversations.export", ExportConversationsRequest.class, ExportReply.class, this::export);
  }

  private Future<ExportReply> export(Caller caller, ExportConversationsRequest request) {
    int limit = pages.limit(request.getLimit());
    return page(caller.userId(), ExportCursor.decode(request.getCursor()), limit);
  }

  /** Parts of which nothing is left are passed over, so that no page is empty but the last. */
  private Future<ExportReply> page(String userId, ExportCursor from, int limit) {
    return store
        .lines(userId, from, limit)
        .compose(
            found -> {
              ExportReply.Builder reply = ExportReply.newBuilder().addAllLines(found.lines());
              if (found.next().isPresent()) {
                return Future.succeededFuture(
                    reply.setCursor(found.next().get().encode()).setMore(true).build());
              }
              return after(from.part())
                  .map(part -> page(userId, ExportCursor.beginning(part), limit))
                  .orElseGet(() -> Future.succeededFuture(reply.build()));
            });
  }

  private static Optional<Part> after(Part part) {
    return part.ordinal() + 1 < Part.values().length
        ? Optional.of(Part.values()[part.ordinal() + 1])
        : Optional.empty();
  }
}
