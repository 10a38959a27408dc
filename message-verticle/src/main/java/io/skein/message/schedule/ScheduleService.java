package io.skein.message.schedule;

import com.google.protobuf.Timestamp;
import io.skein.message.Caller;
import io.skein.message.RepeatableSql;
import io.skein.message.Serving;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.CancelScheduledReply;
import io.skein.protocol.v1.CancelScheduledRequest;
import io.skein.protocol.v1.ListScheduledReply;
import io.skein.protocol.v1.ListScheduledRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetScheduledReply;
import io.skein.protocol.v1.SetScheduledRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;

/** What users want to be sent later. */
public final class ScheduleService {
  private static final int MOST = 100;
  private static final Duration LONGEST = Duration.ofDays(366);

  private final ScheduleStore store;
  private final BiFunction<Caller, SendRequest, Future<Void>> check;
  private final int maxPageBytes;

  private ScheduleService(
      ScheduleStore store, BiFunction<Caller, SendRequest, Future<Void>> check, int maxPageBytes) {
    this.store = store;
    this.check = check;
    this.maxPageBytes = maxPageBytes;
  }

  /**
   * Messages that wait in Postgres.
   *
   * @param check fails as sending would, as far as that can be known before
   * @param maxPageBytes of the messages in one page
   */
  public static ScheduleService over(
      RepeatableSql sql, BiFunction<Caller, SendRequest, Future<Void>> check, int maxPageBytes) {
    return new ScheduleService(new ScheduleStore(sql), check, maxPageBytes);
  }

  /** Registers all methods. */
  public void register(Serving on) {
    on.serve("scheduled.set", SetScheduledRequest.class, SetScheduledReply.class, this::set);
    on.serve("scheduled.list", ListScheduledRequest.class, ListScheduledReply.class, this::list);
    on.serve(
        "scheduled.cancel", CancelScheduledRequest.class, CancelScheduledReply.class, this::cancel);
  }

  private Future<SetScheduledReply> set(Caller caller, SetScheduledRequest request) {
    if (!request.hasAt()) {
      throw wrong("at", "a time is needed");
    }
    SendRequest message = request.getMessage();
    UUID id = ConversationIds.parse(message.getClientMsgId(), "message.clientMsgId");
    Timestamp at = request.getAt();
    return check
        .apply(caller, message)
        .compose(
            fine ->
                store.set(
                    caller.userId(),
                    id,
                    message,
                    Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
                    MOST,
                    LONGEST))
        .map(
            outcome ->
                switch (outcome) {
                  case DONE -> SetScheduledReply.getDefaultInstance();
                  case BEING_SENT -> throw beingSent();
                  case TOO_MANY ->
                      throw new SkeinException(
                          ErrorCode.TOO_LARGE, "at most " + MOST + " messages may wait");
                  case NO_SUCH_TIME ->
                      throw wrong("at", "a time within the next " + LONGEST.toDays() + " days");
                });
  }

  private Future<ListScheduledReply> list(Caller caller, ListScheduledRequest request) {
    String after = request.getAfterClientMsgId();
    return store.list(
        caller.userId(),
        after.isEmpty() ? null : ConversationIds.parse(after, "afterClientMsgId"),
        maxPageBytes);
  }

  private Future<CancelScheduledReply> cancel(Caller caller, CancelScheduledRequest request) {
    UUID id = ConversationIds.parse(request.getClientMsgId(), "clientMsgId");
    return store
        .cancel(caller.userId(), id)
        .map(
            cancelled ->
                switch (cancelled) {
                  case DONE -> CancelScheduledReply.getDefaultInstance();
                  case BEING_SENT -> throw beingSent();
                  case NOT_THERE ->
                      throw new SkeinException(
                              ErrorCode.NOT_FOUND, "no message with this id waits (any more)")
                          .withField("clientMsgId");
                });
  }

  private static SkeinException beingSent() {
    return new SkeinException(ErrorCode.TOO_LATE, "the message is just being sent");
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
