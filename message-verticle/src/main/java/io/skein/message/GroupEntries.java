package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.Appended.Fresh;
import io.skein.message.group.GroupCalls;
import io.skein.protocol.v1.Conversation;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Brings the entries of changed groups the way of all others. */
final class GroupEntries implements GroupCalls {
  private final Deliverer deliverer;
  private final ConversationStore conversations;

  GroupEntries(Deliverer deliverer, ConversationStore conversations) {
    this.deliverer = deliverer;
    this.conversations = conversations;
  }

  /** To the session of the caller, too: the reply does not hold the entry. */
  @Override
  public void deliver(Caller caller, UUID conversationId, Delivered made) {
    Entry entry =
        new Entry(
            conversationId,
            made.seq(),
            caller.userId(),
            Optional.empty(),
            made.sentAt(),
            made.type(),
            made.body(),
            ByteString.EMPTY,
            0,
            Optional.empty());
    deliverer.deliver(List.of(new Fresh(entry, made.membersSeq(), "")), List.of(made.batchId()));
  }

  @Override
  public Future<Conversation> view(Caller caller, UUID conversationId) {
    return conversations
        .view(conversationId, caller.userId())
        .map(view -> Views.toProto(view.orElseThrow(MessageService::notFound)));
  }
}
