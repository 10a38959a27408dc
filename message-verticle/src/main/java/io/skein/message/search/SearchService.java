package io.skein.message.search;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import io.skein.message.Caller;
import io.skein.message.PageLimits;
import io.skein.message.RepeatableSql;
import io.skein.message.Serving;
import io.skein.message.Transactions;
import io.skein.message.search.SearchIndex.Position;
import io.skein.message.search.SearchIndex.Wanted;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.SearchReply;
import io.skein.protocol.v1.SearchRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Searching, and keeping the index behind the log. */
public final class SearchService {
  private static final int MAX_QUERY = 200;
  private static final int BATCHES = 100;

  /** So much of a backlog at a time leaves room for those who send. */
  private static final int ROUNDS = 5;

  private final SearchIndex index;
  private final PageLimits pages;

  private SearchService(SearchIndex index, PageLimits pages) {
    this.index = index;
    this.pages = pages;
  }

  /** Search in Postgres. */
  public static SearchService over(
      Transactions transactions, RepeatableSql reads, PageLimits pages) {
    return new SearchService(new PgSearchIndex(transactions, reads), pages);
  }

  /** Registers the method. */
  public void register(Serving on) {
    on.serve("messages.search", SearchRequest.class, SearchReply.class, this::search);
  }

  /** Takes in what the log has got since; to be called again and again, not while one runs. */
  public Future<Void> follow() {
    return follow(ROUNDS);
  }

  private Future<Void> follow(int rounds) {
    return index
        .follow(BATCHES)
        .compose(
            taken ->
                taken < BATCHES || rounds == 1 ? Future.succeededFuture() : follow(rounds - 1));
  }

  private Future<SearchReply> search(Caller caller, SearchRequest request) {
    SearchQuery query = query(request.getQuery());
    int limit = pages.limit(request.getLimit());
    Wanted wanted =
        new Wanted(
            query.tsquery(),
            request.getConversationId().isEmpty()
                ? Optional.empty()
                : Optional.of(ConversationIds.parse(request.getConversationId(), "conversationId")),
            request.getSender().isEmpty()
                ? Optional.empty()
                : Optional.of(UserIds.check(request.getSender(), "sender")),
            request.getContentsList().stream().map(SearchService::type).toList(),
            request.hasSince() ? Optional.of(instant(request.getSince())) : Optional.empty(),
            request.hasBefore() ? Optional.of(instant(request.getBefore())) : Optional.empty(),
            request.getCursor().isEmpty()
                ? Optional.empty()
                : Optional.of(SearchCursor.decode(request.getCursor())));
    return index.find(caller.userId(), wanted, limit + 1).map(found -> reply(query, found, limit));
  }

  private static SearchQuery query(String text) {
    if (text.codePointCount(0, text.length()) > MAX_QUERY) {
      throw wrong("query", "at most " + MAX_QUERY + " characters");
    }
    return SearchQuery.of(text)
        .orElseThrow(() -> wrong("query", "there is no word in it that could be searched for"));
  }

  private static int type(String content) {
    return Entry.getDescriptor().getFields().stream()
        .filter(field -> field.getJsonName().equals(content))
        .map(FieldDescriptor::getNumber)
        .filter(number -> number >= 10 && number < 20)
        .findFirst()
        .orElseThrow(() -> wrong("contents", "there is no content of the name " + content));
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** One message more than asked for has been looked up, to see whether there are more. */
  private static SearchReply reply(SearchQuery query, List<Entry> found, int limit) {
    SearchReply.Builder reply = SearchReply.newBuilder().setMore(found.size() > limit);
    List<Entry> page = found.subList(0, Math.min(limit, found.size()));
    page.stream()
        .filter(entry -> !entry.getState().getHidden() && query.isIn(Words.of(entry)))
        .forEach(reply::addEntries);
    if (reply.getMore()) {
      Entry last = page.getLast();
      reply.setCursor(
          SearchCursor.encode(
              new Position(
                  instant(last.getSentAt()),
                  UUID.fromString(last.getConversationId()),
                  last.getSeq())));
    }
    return reply.build();
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
