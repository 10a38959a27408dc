package io.skein.message;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry as it stands in the log. For the parts see {@link Draft} and {@link Outcome.Stored}.
 *
 * @param clientMsgId empty for entries that the server made
 */
record Entry(
    UUID conversationId,
    int seq,
    String sender,
    Optional<UUID> clientMsgId,
    Instant sentAt,
    int type,
    ByteString body) {}
