package io.skein.client.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Where a server is, as {@code tcp://host:7000}, {@code tls+tcp://host:7443}, {@code
 * ws://host:8080/ws} or {@code wss://host:8443/ws}; without a port the usual one is taken.
 *
 * @param uri complete: with port, and with path for WebSocket
 */
public record Endpoint(URI uri) {
  private static final Map<String, Integer> PORTS =
      Map.of("tcp", 7000, "tls+tcp", 7443, "ws", 8080, "wss", 8443);
  private static final String WEBSOCKET_PATH = "/ws";

  /**
   * Reads an address as people write it.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static Endpoint parse(String text) {
    URI uri = URI.create(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    Integer usualPort = PORTS.get(scheme);
    if (usualPort == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no endpoint: tcp://, tls+tcp://, ws:// or wss:// and a host");
    }
    int port = uri.getPort() < 0 ? usualPort : uri.getPort();
    boolean webSocket = scheme.startsWith("ws");
    boolean noPath = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    String path = !webSocket ? "" : noPath ? WEBSOCKET_PATH : uri.getRawPath();
    return new Endpoint(URI.create(scheme + "://" + uri.getHost() + ":" + port + path));
  }

  public String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    return uri.getPort();
  }

  public boolean isWebSocket() {
    return uri.getScheme().startsWith("ws");
  }

  public boolean isTls() {
    return uri.getScheme().equals("tls+tcp") || uri.getScheme().equals("wss");
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
