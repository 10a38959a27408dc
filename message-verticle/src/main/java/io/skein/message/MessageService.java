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
import java.util.Optional;
import java.util.UUID;

/** Sending into a log and reading from it. */
final class MessageService {
  private final AppendLanes lanes;
  private final EntryStore entries;
  private final DirectConversations direct;
  private final ContentReader contents;
  private final MessageConfig config;

  MessageService(
      AppendLanes lanes, EntryStore entries, DirectConversations direct, MessageConfig config) {
    this.lanes = lanes;
    this.entries = entries;
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
        yield append(caller, draft(caller, id, Optional.empty(), clientMsgId, content));
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
                  return append(caller, draft(caller, id, make, clientMsgId, content));
                });
      }
      case TARGET_NOT_SET -> throw wrong("to", "a user or a conversation to send to is needed");
    };
  }

  private static Draft draft(
      Caller caller, UUID id, Optional<DirectPair> make, UUID clientMsgId, Content content) {
    return new Draft(
        id, make, caller.userId(), clientMsgId, content, caller.predecessor(), caller.sessionId());
  }

  private Future<SendReply> append(Caller caller, Draft draft) {
    return lanes.append(draft, caller.deadline()).map(outcome -> reply(draft, outcome));
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
        if (stored.threadSeq() != 0) {
          reply.setThreadSeq(stored.threadSeq());
        }
        yield reply.build();
      }
      case Outcome.Refused refused -> throw Refusals.error(refused);
      case Outcome.Busy busy -> throw new IllegalStateException("a lane answers no busy");
    };
  }

  /** A page of the log. */
  Future<HistoryReply> history(Caller caller, HistoryRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    return entries
        .history(id, caller.userId(), range(request))
        .map(found -> reply(found.orElseThrow(MessageService::notFound)));
  }

  private Range range(HistoryRequest request) {
    int limit = config.pages().limit(request.getLimit());
    if (request.hasAfterSeq() && request.hasBeforeSeq()) {
      throw wrong("beforeSeq", "give one of afterSeq and beforeSeq, not both");
    }
    if (request.hasAfterSeq()) {
      int after = Seqs.clamp(request.getAfterSeq());
      return new Range(Seqs.next(after), Integer.MAX_VALUE, false, limit, config.maxPageBytes());
    }
    int before = request.hasBeforeSeq() ? Seqs.clamp(request.getBeforeSeq()) : Integer.MAX_VALUE;
    return new Range(1, before - 1, true, limit, config.maxPageBytes());
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
