package io.skein.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;

/** The log's entry of an own message, from what was sent and what was answered. */
final class OwnEntries {
  /** Its fields have the same numbers in a request and in an entry. */
  private static final OneofDescriptor CONTENT =
      SendRequest.getDescriptor()
          .findFieldByNumber(SendRequest.TEXT_FIELD_NUMBER)
          .getContainingOneof();

  private OwnEntries() {}

  static Entry of(SendRequest request, SendReply reply, String sender) {
    Entry.Builder entry =
        Entry.newBuilder()
            .setConversationId(reply.getConversationId())
            .setSeq(reply.getSeq())
            .setSender(sender)
            .setClientMsgId(request.getClientMsgId())
            .setSentAt(reply.getSentAt());
    FieldDescriptor content = request.getOneofFieldDescriptor(CONTENT);
    if (content == null) {
      throw new IllegalStateException("the server accepts no empty message");
    }
    entry.setField(
        Entry.getDescriptor().findFieldByNumber(content.getNumber()), request.getField(content));
    if (request.hasContext()) {
      entry.setContext(request.getContext());
    }
    if (reply.hasThreadSeq()) {
      entry.getContextBuilder().setThreadSeq(reply.getThreadSeq());
    }
    return entry.build();
  }
}
