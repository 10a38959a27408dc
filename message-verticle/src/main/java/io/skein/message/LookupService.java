package io.skein.message;

import io.skein.message.Lookups.Receipts;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.PinnedReply;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.ReactionsReply;
import io.skein.protocol.v1.ReactionsRequest;
import io.skein.protocol.v1.ReceiptsReply;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.VersionsReply;
import io.skein.protocol.v1.VersionsRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Single messages, and what became of them. */
final class LookupService {
  private final Lookups lookups;
  private final PageLimits pages;

  LookupService(Lookups lookups, PageLimits pages) {
    this.lookups = lookups;
    this.pages = pages;
  }

  Future<GetEntriesReply> get(Caller caller, GetEntriesRequest request) {
    if (request.getSeqsCount() == 0 || request.getSeqsCount() > pages.max()) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "ask for 1 to " + pages.max() + " entries at a time")
          .withField("seqs");
    }
    List<Integer> seqs = request.getSeqsList().stream().map(Seqs::clamp).distinct().toList();
    return lookups
        .entries(id(request.getConversationId()), caller.userId(), seqs)
        .map(
            found -> {
              GetEntriesReply.Builder reply = GetEntriesReply.newBuilder();
              found
                  .orElseThrow(MessageService::notFound)
                  .forEach(entry -> reply.addEntries(Contents.toProto(entry)));
              return reply.build();
            });
  }

  Future<VersionsReply> versions(Caller caller, VersionsRequest request) {
    int seq = Seqs.clamp(request.getSeq());
    return lookups
        .versions(id(request.getConversationId()), caller.userId(), seq, pages.max())
        .map(
            found -> {
              VersionsReply.Builder reply = VersionsReply.newBuilder();
              found
                  .orElseThrow(MessageService::notFound)
                  .forEach(entry -> reply.addVersions(Contents.toProto(entry)));
              return reply.build();
            });
  }

  Future<PinnedReply> pinned(Caller caller, PinnedRequest request) {
    return lookups
        .pinned(id(request.getConversationId()), caller.userId())
        .map(
            found -> {
              PinnedReply.Builder reply = PinnedReply.newBuilder();
              found
                  .orElseThrow(MessageService::notFound)
                  .forEach(entry -> reply.addEntries(Contents.toProto(entry)));
              return reply.build();
            });
  }

  /** One user more than asked for is looked up, to see whether there are more. */
  Future<ReactionsReply> reactions(Caller caller, ReactionsRequest request) {
    int limit = pages.limit(request.getLimit());
    return lookups
        .reactions(
            id(request.getConversationId()),
            caller.userId(),
            Seqs.clamp(request.getSeq()),
            request.getKey(),
            request.getAfterUserId(),
            limit + 1)
        .map(
            found -> {
              List<String> users = found.orElseThrow(MessageService::notFound);
              return ReactionsReply.newBuilder()
                  .addAllUserIds(users.subList(0, Math.min(limit, users.size())))
                  .setMore(users.size() > limit)
                  .build();
            });
  }

  /** One reader more than asked for is looked up, to see whether there are more. */
  Future<ReceiptsReply> receipts(Caller caller, ReceiptsRequest request) {
    int limit = pages.limit(request.getLimit());
    return lookups
        .receipts(
            id(request.getConversationId()),
            caller.userId(),
            Seqs.clamp(request.getSeq()),
            request.getAfterUserId(),
            limit + 1)
        .map(
            found -> {
              Receipts receipts = found.orElseThrow(MessageService::notFound);
              if (receipts.sender().isEmpty()) {
                throw new SkeinException(ErrorCode.NOT_FOUND, "there is no such message")
                    .withField("seq");
              }
              if (!receipts.allowed()) {
                throw new SkeinException(
                    ErrorCode.PERMISSION_DENIED,
                    "only the sender, owners and admins see who has read a message");
              }
              List<String> readBy = receipts.readBy();
              return ReceiptsReply.newBuilder()
                  .setMembers(receipts.members())
                  .setDelivered(receipts.delivered())
                  .setRead(receipts.read())
                  .addAllReadBy(readBy.subList(0, Math.min(limit, readBy.size())))
                  .setMore(readBy.size() > limit)
                  .build();
            });
  }

  private static UUID id(String conversationId) {
    return ConversationIds.parse(conversationId, "conversationId");
  }
}
