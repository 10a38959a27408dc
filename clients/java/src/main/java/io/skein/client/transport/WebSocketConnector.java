package io.skein.client.transport;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/** Opens WebSocket connections with the JDK's client. */
final class WebSocketConnector implements Connector {
  private final Endpoint endpoint;
  private final TransportOptions options;
  private final HttpClient http;

  WebSocketConnector(Endpoint endpoint, TransportOptions options) {
    this.endpoint = endpoint;
    this.options = options;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(options.openTimeout());
    if (options.tls() != null) {
      builder.sslContext(options.tls());
    }
    this.http = builder.build();
  }

  @Override
  public CompletableFuture<Transport> open() {
    WebSocketTransport transport =
        new WebSocketTransport(
            options.encoding(), options.encoding().newCodec(options.maxFrameBytes()), options);
    WebSocket.Builder builder =
        http.newWebSocketBuilder()
            .connectTimeout(options.openTimeout())
            .subprotocols("skein.v1." + options.encoding().word());
    return builder.buildAsync(endpoint.uri(), transport.events()).thenApply(transport::on);
  }
}
