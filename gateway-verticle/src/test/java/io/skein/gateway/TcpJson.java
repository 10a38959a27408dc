package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client as one would type it into {@code nc}: a bare socket and lines. */
final class TcpJson implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader lines;

  TcpJson(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TcpJson open(int port) {
    return raw(port).send("SKEIN/1 json");
  }

  static TcpJson raw(int port) {
    try {
      return new TcpJson(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends {@code connect} and waits for its reply. */
  TcpJson connect(String token) {
    call(1, "connect", "{\"token\":\"%s\",\"device\":{\"id\":\"phone-1\"}}".formatted(token));
    assertThat(next().getJsonObject("result")).isNotNull();
    return this;
  }

  TcpJson call(int id, String method, String params) {
    return send("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params));
  }

  TcpJson message(int id, String to, String body) {
    return call(
        id,
        "messages.send",
        "{\"to\":{\"userId\":\"%s\"},\"clientMsgId\":\"%s\",\"text\":{\"body\":\"%s\"}}"
            .formatted(to, "m-" + id, body));
  }

  TcpJson send(String line) {
    return send((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  TcpJson send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line; null: the server has closed. */
  String line() {
    try {
      return lines.readLine();
    } catch (SocketException reset) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject next() {
    String line = line();
    assertThat(line).as("a line, not the end").isNotNull();
    return new JsonObject(line);
  }

  /** The next line's error, which answers this call. */
  JsonObject error(int id) {
    JsonObject frame = next();
    assertThat(frame.getInteger("id")).as("%s", frame).isEqualTo(id);
    assertThat(frame.getJsonObject("error")).as("%s", frame).isNotNull();
    return frame.getJsonObject("error");
  }

  /** The next line's result, which answers this call. */
  JsonObject result(int id) {
    JsonObject frame = next();
    assertThat(frame.getInteger("id")).as("%s", frame).isEqualTo(id);
    assertThat(frame.getJsonObject("result")).as("%s", frame).isNotNull();
    return frame.getJsonObject("result");
  }

  /** The code of the {@code bye} that comes next, and the end after it. */
  int bye() {
    JsonObject frame = next();
    assertThat(frame.getString("event")).as("%s", frame).isEqualTo("bye");
    assertThat(line()).as("the end after bye").isNull();
    return frame.getJsonObject("data").getInteger("code");
  }

  /** Whether the connection still answers. */
  void assertAlive() {
    call(4_000, "ping", "{}");
    assertThat(result(4_000).getString("serverTime")).isNotEmpty();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
