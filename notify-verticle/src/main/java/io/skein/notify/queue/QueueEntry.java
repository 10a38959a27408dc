package io.skein.notify.queue;

import com.google.protobuf.ByteString;

/**
 * A hint as this consumer holds it.
 *
 * @param id its place in the stream
 * @param payload an encoded {@code QueuedHint}, or whatever somebody has put there
 * @param deliveries how often it was handed out before, to consumers that did not settle it
 */
public record QueueEntry(String id, ByteString payload, int deliveries) {}
