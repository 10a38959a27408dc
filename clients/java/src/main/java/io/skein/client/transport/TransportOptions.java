package io.skein.client.transport;

import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How to open connections.
 *
 * @param encoding of the frames
 * @param tls null: the platform's trust store
 * @param openTimeout for name look-up, TCP, TLS and WebSocket handshakes
 * @param maxFrameBytes a longer frame of the server breaks the connection
 */
public record TransportOptions(
    Encoding encoding, SSLContext tls, Duration openTimeout, int maxFrameBytes) {
  /** A page of 200 entries of the longest bodies fits. */
  private static final int DEFAULT_MAX_FRAME_BYTES = 32 * 1024 * 1024;

  public static TransportOptions defaults() {
    return new TransportOptions(
        Encoding.PROTOBUF, null, Duration.ofSeconds(10), DEFAULT_MAX_FRAME_BYTES);
  }

  public TransportOptions withEncoding(Encoding other) {
    return new TransportOptions(other, tls, openTimeout, maxFrameBytes);
  }

  public TransportOptions withTls(SSLContext other) {
    return new TransportOptions(encoding, other, openTimeout, maxFrameBytes);
  }

  /** A connector for an endpoint of any scheme. */
  public Connector connectorTo(Endpoint endpoint) {
    return endpoint.isWebSocket()
        ? new WebSocketConnector(endpoint, this)
        : new TcpConnector(endpoint, this);
  }
}
