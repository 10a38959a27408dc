package io.skein.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.skein.protocol.v1.EntryContext;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries as clients get them. What they may contain is checked where they come in. */
final class Contents {
  private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

  static final int CREATED = io.skein.protocol.v1.Entry.CREATED_FIELD_NUMBER;

  private Contents() {}

  /** Whether nobody is to be notified about it: then its push says not which entry it is. */
  static boolean isQuiet(Entry entry) {
    return entry.type() == io.skein.protocol.v1.Entry.RETAINED_FIELD_NUMBER;
  }

  /**
   * An entry as clients get it. One whose content cannot be read, which would be a defect, comes
   * without: it must neither keep back the entries around it nor leave a gap.
   */
  static io.skein.protocol.v1.Entry toProto(Entry entry) {
    io.skein.protocol.v1.Entry.Builder proto =
        io.skein.protocol.v1.Entry.newBuilder()
            .setConversationId(entry.conversationId().toString())
            .setSeq(entry.seq())
            .setSender(entry.sender())
            .setSentAt(toProto(entry.sentAt()));
    entry.clientMsgId().ifPresent(id -> proto.setClientMsgId(id.toString()));
    entry.state().ifPresent(proto::setState);
    try {
      if (!entry.context().isEmpty()) {
        proto.setContext(context(entry));
      }
      return entry.type() == 0 ? proto.build() : proto.mergeFrom(content(entry)).build();
    } catch (InvalidProtocolBufferException broken) {
      LOG.error("entry {} of {} is broken", entry.seq(), entry.conversationId(), broken);
      return proto.clearContent().build();
    }
  }

  private static ByteString content(Entry entry) {
    return UnknownFieldSet.newBuilder()
        .addField(
            entry.type(),
            UnknownFieldSet.Field.newBuilder().addLengthDelimited(entry.body()).build())
        .build()
        .toByteString();
  }

  private static EntryContext context(Entry entry) throws InvalidProtocolBufferException {
    EntryContext sent = EntryContext.parseFrom(entry.context());
    return entry.threadSeq() == 0 ? sent : sent.toBuilder().setThreadSeq(entry.threadSeq()).build();
  }

  static Timestamp toProto(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
