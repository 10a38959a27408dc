package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A client on the JDK's own WebSocket, which is not the server's. */
final class WebSocketTester implements AutoCloseable {
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
  private final HttpClient http;
  private final WebSocket socket;

  private WebSocketTester(HttpClient http, String uri, String subprotocol) {
    this.http = http;
    socket =
        http.newWebSocketBuilder()
            .subprotocols(subprotocol)
            .buildAsync(URI.create(uri), new Receiver())
            .join();
  }

  static WebSocketTester json(int port) {
    return new WebSocketTester(
        HttpClient.newHttpClient(), "ws://127.0.0.1:%d/ws".formatted(port), "skein.v1.json");
  }

  static WebSocketTester proto(int port) {
    return new WebSocketTester(
        HttpClient.newHttpClient(), "ws://127.0.0.1:%d/ws".formatted(port), "skein.v1.proto");
  }

  static WebSocketTester tls(int port, SSLContext trust) {
    HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
    return new WebSocketTester(client, "wss://localhost:%d/ws".formatted(port), "skein.v1.json");
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  WebSocketTester send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Sends a part of a message. */
  WebSocketTester sendPart(String text, boolean last) {
    socket.sendText(text, last).join();
    return this;
  }

  WebSocketTester send(byte[] binary) {
    socket.sendBinary(ByteBuffer.wrap(binary), true).join();
    return this;
  }

  WebSocketTester connect(String token) throws InterruptedException {
    send(
        "{\"id\":1,\"method\":\"connect\",\"params\":{\"token\":\"%s\",\"device\":{\"id\":\"web\"}}}"
            .formatted(token));
    assertThat(new JsonObject(text()).getJsonObject("result")).isNotNull();
    return this;
  }

  /** The next whole text message. */
  String text() throws InterruptedException {
    return present(texts.poll(20, TimeUnit.SECONDS));
  }

  byte[] binary() throws InterruptedException {
    return present(binaries.poll(20, TimeUnit.SECONDS));
  }

  int closeCode() throws InterruptedException {
    return present(closes.poll(20, TimeUnit.SECONDS));
  }

  private static <T> T present(T received) {
    assertThat(received).as("something within 20 s").isNotNull();
    return received;
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      binary.writeBytes(part);
      if (last) {
        binaries.add(binary.toByteArray());
        binary.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closes.add(code);
      return null;
    }
  }
}
