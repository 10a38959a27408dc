package io.skein.message.erase;

import com.google.protobuf.ByteString;
import io.skein.message.Caller;
import io.skein.message.RepeatableSql;
import io.skein.message.Transactions;
import io.skein.message.group.Departures;
import io.skein.message.group.GroupCalls;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.internal.v1.EraseUserRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Erased;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Erases a user, a bounded step in each call: first the user goes from all conversations, so that
 * nothing can be added any more; then the entries lose their content; then the conversations are
 * told. Each conversation has a transaction of its own, so a call that fails half-way is repeated.
 */
public final class EraseService {
  /** Conversations of one call. */
  private static final int CONVERSATIONS = 20;

  /** Entries of one call, and so of one transaction at most. */
  private static final int ENTRIES = 200;

  private final EraseStore store;
  private final Departures departures;
  private final GroupCalls log;
  private final UUID bootId;
  private final Supplier<UUID> ids;

  /**
   * The service.
   *
   * @param departures takes the user out of groups
   * @param log brings entries to the members
   * @param bootId of this process, which delivers them
   */
  public EraseService(
      Transactions transactions,
      RepeatableSql sql,
      Departures departures,
      GroupCalls log,
      UUID bootId,
      Supplier<UUID> ids) {
    this.store = new EraseStore(transactions, sql);
    this.departures = departures;
    this.log = log;
    this.bootId = bootId;
    this.ids = ids;
  }

  /** The next step. Fails with UNAVAILABLE when a conversation is locked for too long. */
  public Future<EraseUserReply> erase(EraseUserRequest request) {
    String userId = UserIds.check(request.getUserId(), "userId");
    return switch (EraseCursor.decode(request.getCursor())) {
      case EraseCursor.Conversations from -> leave(userId, from);
      case EraseCursor.Entries from -> empty(userId, from);
      case EraseCursor.Telling telling -> tell(userId);
    };
  }

  private Future<EraseUserReply> leave(String userId, EraseCursor.Conversations from) {
    boolean first = from.equals(EraseCursor.START);
    return (first ? store.forgetWishes(userId) : Future.<Void>succeededFuture())
        .compose(done -> store.conversations(userId, from.after(), CONVERSATIONS))
        .compose(
            found ->
                each(found, id -> leave(userId, id))
                    .map(
                        done ->
                            found.size() < CONVERSATIONS
                                ? goOn(EraseCursor.FIRST_ENTRY)
                                : goOn(new EraseCursor.Conversations(found.getLast()))));
  }

  private Future<Void> leave(String userId, UUID conversationId) {
    return departures
        .leave(conversationId, userId)
        .compose(left -> store.eraseMember(conversationId, userId));
  }

  private Future<EraseUserReply> empty(String userId, EraseCursor.Entries from) {
    return store
        .entries(userId, from, ENTRIES)
        .compose(
            found ->
                each(
                        List.copyOf(found.seqs().entrySet()),
                        part -> store.eraseEntries(part.getKey(), userId, part.getValue()))
                    .map(
                        done ->
                            goOn(
                                found
                                    .last()
                                    .<EraseCursor>map(last -> last)
                                    .orElseGet(EraseCursor.Telling::new))));
  }

  private Future<EraseUserReply> tell(String userId) {
    return store
        .untold(userId, CONVERSATIONS)
        .compose(
            untold ->
                each(untold, id -> tell(userId, id))
                    .map(
                        done ->
                            untold.size() < CONVERSATIONS
                                ? EraseUserReply.getDefaultInstance()
                                : goOn(new EraseCursor.Telling())));
  }

  private Future<Void> tell(String userId, UUID conversationId) {
    UUID batchId = ids.get();
    ByteString body = Erased.newBuilder().setUserId(userId).build().toByteString();
    return store
        .tell(batchId, bootId, conversationId, userId, Buffer.buffer(body.toByteArray()))
        .map(
            told -> {
              told.ifPresent(
                  entry ->
                      log.deliver(
                          new Caller(userId, "", Optional.empty(), 0),
                          conversationId,
                          new GroupCalls.Delivered(
                              Entry.ERASED_FIELD_NUMBER,
                              body,
                              entry.seq(),
                              entry.sentAt(),
                              entry.membersSeq(),
                              batchId)));
              return null;
            });
  }

  private static EraseUserReply goOn(EraseCursor cursor) {
    return EraseUserReply.newBuilder().setCursor(cursor.encode()).setMore(true).build();
  }

  /** One after the other, so that one user's end does not take all connections. */
  private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
    Future<Void> chain = Future.succeededFuture();
    for (T one : all) {
      chain = chain.compose(done -> work.apply(one));
    }
    return chain;
  }
}
