package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Device;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that speaks protobuf over a bare socket. */
final class TcpProto implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  TcpProto(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = socket.getInputStream();
      send("SKEIN/1 proto\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TcpProto connect(String token) {
    call(
        1,
        "connect",
        ConnectRequest.newBuilder()
            .setToken(token)
            .setDevice(Device.newBuilder().setId("phone-1"))
            .build());
    assertThat(next().hasResult()).isTrue();
    return this;
  }

  TcpProto call(int id, String method, Message params) {
    return call(id, method, params.toByteString());
  }

  TcpProto call(int id, String method, ByteString params) {
    try {
      ClientFrame.newBuilder()
          .setId(id)
          .setMethod(method)
          .setParams(params)
          .build()
          .writeDelimitedTo(socket.getOutputStream());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TcpProto send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame; null: the server has closed. */
  ServerFrame next() {
    try {
      return ServerFrame.parseDelimitedFrom(in);
    } catch (SocketException reset) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ByteString result(int id) {
    ServerFrame frame = next();
    assertThat(frame.getId()).isEqualTo(id);
    assertThat(frame.hasResult()).as("%s", frame).isTrue();
    return frame.getResult();
  }

  /** The code of the {@code bye} that comes next, and the end after it. */
  int bye() {
    ServerFrame frame = next();
    assertThat(frame.getEvent().hasBye()).as("%s", frame).isTrue();
    assertThat(next()).as("the end after bye").isNull();
    return frame.getEvent().getBye().getCode();
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
