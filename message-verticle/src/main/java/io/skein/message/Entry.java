package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.EntryState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry as it stands in the log. For the parts see {@link Draft} and {@link Outcome.Stored}.
 *
 * @param clientMsgId empty for entries that the server made
 * @param type the number of the content field that the body holds; 0: the content was erased
 * @param body the encoded content; the last version of it if it was edited, empty if it was erased
 * @param context the encoded context as it was sent; empty: none
 * @param threadSeq the message that the thread began with; 0: it is in no thread
 * @param state what later entries made of it; empty: nothing, or not asked for
 */
record Entry(
    UUID conversationId,
    int seq,
    String sender,
    Optional<UUID> clientMsgId,
    Instant sentAt,
    int type,
    ByteString body,
    ByteString context,
    int threadSeq,
    Optional<EntryState> state) {}
