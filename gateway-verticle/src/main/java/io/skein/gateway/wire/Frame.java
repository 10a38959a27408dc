package io.skein.gateway.wire;

import io.vertx.core.buffer.Buffer;

/**
 * A whole frame on its way out, in two parts: the second one may be shared by many connections.
 *
 * @param head what is this connection's own
 * @param body the rest
 * @param droppable a transient push, the first to go when the client is slow
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are written, never compared.
public record Frame(byte[] head, byte[] body, boolean droppable) {

  private static final byte[] EMPTY = {};

  /** A frame of one part. */
  public Frame(byte[] whole) {
    this(whole, EMPTY, false);
  }

  public int size() {
    return head.length + body.length;
  }

  public void appendTo(Buffer buffer) {
    buffer.appendBytes(head);
    buffer.appendBytes(body);
  }
}
