package io.skein.client;

import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;

/** The log's entry of an own message, from what was sent and what was answered. */
final class OwnEntries {
  private OwnEntries() {}

  static Entry of(SendRequest request, SendReply reply, String sender) {
    Entry.Builder entry =
        Entry.newBuilder()
            .setConversationId(reply.getConversationId())
            .setSeq(reply.getSeq())
            .setSender(sender)
            .setClientMsgId(request.getClientMsgId())
            .setSentAt(reply.getSentAt());
    switch (request.getContentCase()) {
      case TEXT -> entry.setText(request.getText());
      case CUSTOM -> entry.setCustom(request.getCustom());
      case CONTENT_NOT_SET ->
          throw new IllegalStateException("the server accepts no empty message");
    }
    return entry.build();
  }
}
