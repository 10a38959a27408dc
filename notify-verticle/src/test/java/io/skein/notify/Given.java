package io.skein.notify;

import com.google.protobuf.ByteString;
import io.skein.notify.queue.QueueEntry;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.QueuedHint;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Text;
import java.util.UUID;

/** Values for tests. */
final class Given {
  static final String TRIP = new UUID(0x8000L, 1).toString();
  static final String WORK = new UUID(0x8000L, 2).toString();

  private Given() {}

  static Hint hint(String user, String conversation, int seq, Hint.Reason reason) {
    return Hint.newBuilder()
        .setUserId(user)
        .setConversationId(conversation)
        .setSeq(seq)
        .setReason(reason)
        .build();
  }

  static QueuedHint queued(Hint hint, int attempts, long queuedAtMs) {
    return QueuedHint.newBuilder()
        .setHint(hint)
        .setAttempts(attempts)
        .setQueuedAtMs(queuedAtMs)
        .build();
  }

  static QueueEntry entry(String id, QueuedHint hint) {
    return new QueueEntry(id, hint.toByteString(), 0);
  }

  static QueueEntry rubbish(String id) {
    return new QueueEntry(id, ByteString.copyFromUtf8("rubbish"), 0);
  }

  /** Everything up to {@code readSeq} is read; {@code headSeq} is the newest, by alice. */
  static Badge badge(String user, String conversation, int readSeq, int headSeq) {
    Badge.Builder badge =
        Badge.newBuilder()
            .setUserId(user)
            .setConversationId(conversation)
            .setTitle("Trip")
            .setUnread(headSeq - readSeq)
            .setTotalUnread(headSeq - readSeq + 10)
            .setReadSeq(readSeq)
            .setHeadSeq(headSeq);
    if (headSeq > readSeq) {
      badge.setLastUnread(
          Entry.newBuilder()
              .setConversationId(conversation)
              .setSeq(headSeq)
              .setSender("alice")
              .setText(Text.newBuilder().setBody("text " + headSeq)));
    }
    return badge.build();
  }
}
