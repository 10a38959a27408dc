package io.skein.gateway.wire;

import io.vertx.core.buffer.Buffer;

/**
 * A whole frame on its way out, in two parts: the second one may be shared by many connections.
 *
 * @param head what is this connection's own
 * @param body the rest
 * @param droppable a transient push, the first to go when the client is slow
 * @param key of droppable ones: a newer frame with the same key makes this one superfluous as long
 *     as it waits; empty: none
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are written, never compared.
public record Frame(byte[] head, byte[] body, boolean droppable, String key) {

  private static final byte[] EMPTY = {};

  /** A frame of one part. */
  public Frame(byte[] whole) {
    this(whole, EMPTY);
  }

  /** A frame that has to arrive. */
  public Frame(byte[] head, byte[] body) {
    this(head, body, false, "");
  }

  public int size() {
    return head.length + body.length;
  }

  public void appendTo(Buffer buffer) {
    buffer.appendBytes(head);
    buffer.appendBytes(body);
  }
}
