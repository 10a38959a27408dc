package io.skein.message;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Mark;

/** Conversations as clients get them. */
final class Views {
  private Views() {}

  static Conversation toProto(ConversationView view) {
    String id = view.conversationId().toString();
    Conversation.Builder proto =
        Conversation.newBuilder()
            .setConversationId(id)
            .setKind(view.kind())
            .setTitle(view.title())
            .setUserId(view.peer().orElse(""))
            .setHeadSeq(view.headSeq())
            .setReadSeq(view.readSeq())
            .setUnread(view.unread())
            .setMemberCount(view.left() ? 0 : view.memberCount())
            .setLeft(view.left())
            .setCreatedAt(Contents.toProto(view.createdAt()));
    view.lastEntry().ifPresent(entry -> proto.setLastEntry(Contents.toProto(entry)));
    view.group().ifPresent(proto::setGroup);
    proto.setMentions(view.readState().mentions());
    if (view.readState().firstUnreadSeq() > 0) {
      proto.setFirstUnreadSeq(view.readState().firstUnreadSeq());
    }
    if (view.readState().isSet()) {
      proto.setSettings(view.readState().settings());
    }
    view.marks()
        .forEach(
            mark ->
                proto.addMarks(
                    Mark.newBuilder()
                        .setConversationId(id)
                        .setUserId(mark.userId())
                        .setDeliveredSeq(mark.deliveredSeq())
                        .setReadSeq(mark.readSeq())));
    return proto.build();
  }
}
