package io.skein.message.group;

import com.google.protobuf.ByteString;
import io.skein.message.Caller;
import io.skein.message.group.GroupStore.Made;
import io.skein.protocol.v1.Conversation;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** What groups need of the rest of the message service. */
public interface GroupCalls {
  /** Brings the entry of a change to everybody concerned; what fails is found in the outbox. */
  void deliver(Caller caller, UUID conversationId, Delivered entry);

  /** The conversation as the caller sees it; NOT_FOUND if that is nothing. */
  Future<Conversation> view(Caller caller, UUID conversationId);

  /**
   * The entry of a change.
   *
   * @param type number of its content field
   * @param batchId its row in the outbox
   */
  record Delivered(
      int type, ByteString body, int seq, Instant sentAt, int membersSeq, UUID batchId) {

    static Delivered of(Made made) {
      return new Delivered(
          made.change().entryType(),
          made.change().entry().toByteString(),
          made.seq(),
          made.sentAt(),
          made.membersSeq(),
          made.batchId());
    }
  }
}
