package io.skein.message;

import io.skein.message.EntryStore.History;
import io.skein.message.EntryStore.Range;
import io.skein.message.content.Content;
import io.skein.message.content.ContentReader;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Sending into a log and reading from it. */
final class MessageService {
  private final AppendLanes lanes;
  private final EntryStore entries;
  private final DirectConversations direct;
  private final Lookups lookups;
  private final ContentReader contents;
  private final MessageConfig config;

  MessageService(
      AppendLanes lanes,
      EntryStore entries,
      Lookups lookups,
      DirectConversations direct,
      MessageConfig config) {
    this.lanes = lanes;
    this.entries = entries;
    this.lookups = lookups;
    this.direct = direct;
    this.contents = new ContentReader(config.maxBodyBytes());
    this.config = config;
  }

  /** Answered when the entry has been committed. Errors are those that the contract names. */
  Future<SendReply> send(Caller caller, SendRequest request) {
    UUID clientMsgId = ConversationIds.parse(request.getClientMsgId(), "clientMsgId");
    Content content = contents.read(request);
    Target to = request.getTo();
    return switch (to.getTargetCase()) {
      case CONVERSATION_ID -> {
        UUID id = ConversationIds.parse(to.getConversationId(), "to.conversationId");
        yield append(
            caller, draft(caller, id, Optional.empty(), clientMsgId, content), "to.conversationId");
      }
      case USER_ID -> {
        String peer = UserIds.check(to.getUserId(), "to.userId");
        DirectPair pair = DirectPair.of(caller.userId(), peer);
        yield direct
            .check(pair, peer)
            .compose(
                allowed -> {
                  UUID id = pair.conversationId();
                  Optional<DirectPair> make =
                      direct.isKnown(id) ? Optional.empty() : Optional.of(pair);
                  return append(caller, draft(caller, id, make, clientMsgId, content), "to.userId");
                });
      }
      case TARGET_NOT_SET -> throw wrong("to", "a user or a conversation to send to is needed");
    };
  }

  /** Fails as sending this message now would, but for what only the log can tell. */
  Future<Void> check(Caller caller, SendRequest request) {
    ConversationIds.parse(request.getClientMsgId(), "clientMsgId");
    if (!contents.read(request).countable()) {
      throw wrong("content", "only messages can be sent later");
    }
    Target to = request.getTo();
    return switch (to.getTargetCase()) {
      case CONVERSATION_ID -> {
        UUID id = ConversationIds.parse(to.getConversationId(), "to.conversationId");
        yield lookups
            .entries(id, caller.userId(), List.of())
            .map(found -> found.orElseThrow(MessageService::notFound))
            .mapEmpty();
      }
      case USER_ID -> {
        String peer = UserIds.check(to.getUserId(), "to.userId");
        yield direct.check(DirectPair.of(caller.userId(), peer), peer);
      }
      case TARGET_NOT_SET -> throw wrong("to", "a user or a conversation to send to is needed");
    };
  }

  private static Draft draft(
      Caller caller, UUID id, Optional<DirectPair> make, UUID clientMsgId, Content content) {
    return new Draft(
        id, make, caller.userId(), clientMsgId, content, caller.predecessor(), caller.sessionId());
  }

  private Future<SendReply> append(Caller caller, Draft draft, String target) {
    return lanes
        .append(draft, caller.deadline())
        .compose(
            outcome -> {
              boolean closed =
                  outcome == Outcome.Refused.NOT_ALLOWED && draft.content().change().isEmpty();
              return (closed
                      ? direct.checkPeer(draft.conversationId(), caller.userId(), target)
                      : Future.<Void>succeededFuture())
                  .map(checked -> reply(draft, outcome));
            });
  }

  private SendReply reply(Draft draft, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored stored -> {
        if (draft.direct().isPresent()) {
          direct.remember(draft.conversationId());
        }
        SendReply.Builder reply =
            SendReply.newBuilder()
                .setConversationId(draft.conversationId().toString())
                .setSeq(stored.seq())
                .setSentAt(Contents.toProto(stored.sentAt()));
        if (stored.version() != 0) {
          reply.setVersion(stored.version());
        }
        if (stored.threadSeq() != 0) {
          reply.setThreadSeq(stored.threadSeq());
        }
        yield reply.build();
      }
      case Outcome.Refused refused -> throw Refusals.error(refused);
      case Outcome.VersionConflict conflict -> throw Refusals.error(conflict);
      case Outcome.Busy busy -> throw new IllegalStateException("a lane answers no busy");
    };
  }

  /** A page of the log. */
  Future<HistoryReply> history(Caller caller, HistoryRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    int limit = config.pages().limit(request.getLimit());
    checkPosition(request);
    if (request.hasSince()) {
      Instant since =
          Instant.ofEpochSecond(request.getSince().getSeconds(), request.getSince().getNanos());
      return lookups
          .seqAt(id, since)
          .compose(seq -> page(caller, id, range(seq, Integer.MAX_VALUE, false, limit, request)))
          .map(MessageService::reply);
    }
    if (request.hasAroundSeq()) {
      return around(caller, id, Seqs.clamp(request.getAroundSeq()), limit, request);
    }
    if (request.hasAfterSeq()) {
      int from = Seqs.next(Seqs.clamp(request.getAfterSeq()));
      return page(caller, id, range(from, Integer.MAX_VALUE, false, limit, request))
          .map(MessageService::reply);
    }
    int before = request.hasBeforeSeq() ? Seqs.clamp(request.getBeforeSeq()) : Integer.MAX_VALUE;
    return page(caller, id, range(1, before - 1, true, limit, request)).map(MessageService::reply);
  }

  private static void checkPosition(HistoryRequest request) {
    long positions =
        Stream.of(
                request.hasAfterSeq(),
                request.hasBeforeSeq(),
                request.hasAroundSeq(),
                request.hasSince())
            .filter(given -> given)
            .count();
    if (positions > 1) {
      throw wrong("beforeSeq", "give one of afterSeq, beforeSeq, aroundSeq and since");
    }
  }

  /** Two pages, which fit together: what is in the log stays where it is. */
  private Future<HistoryReply> around(
      Caller caller, UUID id, int seq, int limit, HistoryRequest request) {
    int newer = limit / 2;
    return page(caller, id, range(1, seq, true, limit - newer, request))
        .compose(
            older ->
                newer == 0
                    ? Future.succeededFuture(reply(older))
                    : page(
                            caller,
                            id,
                            range(Seqs.next(seq), Integer.MAX_VALUE, false, newer, request))
                        .map(
                            rest ->
                                reply(older).toBuilder()
                                    .addAllEntries(reply(rest).getEntriesList())
                                    .setHeadSeq(rest.headSeq())
                                    .build()));
  }

  private Future<History> page(Caller caller, UUID id, Range range) {
    return entries
        .history(id, caller.userId(), range)
        .map(found -> found.orElseThrow(MessageService::notFound));
  }

  private Range range(int from, int to, boolean newestFirst, int limit, HistoryRequest request) {
    int thread = request.hasThreadSeq() ? Seqs.clamp(request.getThreadSeq()) : 0;
    return new Range(from, to, newestFirst, limit, config.maxPageBytes(), thread);
  }

  private static HistoryReply reply(History history) {
    HistoryReply.Builder reply = HistoryReply.newBuilder().setHeadSeq(history.headSeq());
    history.entries().forEach(entry -> reply.addEntries(Contents.toProto(entry)));
    return reply.build();
  }

  /** One answer for what is not there and for what is not the caller's business. */
  static SkeinException notFound() {
    return new SkeinException(ErrorCode.NOT_FOUND, "there is no such conversation");
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
