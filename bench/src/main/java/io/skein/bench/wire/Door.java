package io.skein.bench.wire;

import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import io.skein.client.transport.FrameCodec;
import java.net.InetSocketAddress;

/** Where a load goes in, and how it writes. */
public record Door(Endpoint endpoint, Encoding encoding) {
  /** A page of 200 entries of the longest bodies fits. */
  private static final int MAX_FRAME_BYTES = 32 * 1024 * 1024;

  /**
   * Checks that it can be measured.
   *
   * @throws IllegalArgumentException if it is encrypted: the load speaks no TLS
   */
  public Door {
    if (endpoint.isTls()) {
      throw new IllegalArgumentException("tcp:// and ws:// can be measured, not " + endpoint);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }

  Framing newFraming() {
    FrameCodec codec = encoding.newCodec(MAX_FRAME_BYTES);
    return endpoint.isWebSocket()
        ? new WebSocketFraming(endpoint, encoding, codec)
        : new TcpFraming(encoding, codec);
  }

  @Override
  public String toString() {
    return endpoint + " (" + encoding.word() + ")";
  }
}
