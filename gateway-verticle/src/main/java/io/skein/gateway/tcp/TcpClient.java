package io.skein.gateway.tcp;

import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.connection.Surroundings;
import io.skein.gateway.connection.Swept;
import io.skein.gateway.connection.Transport;
import io.skein.gateway.wire.FrameCutter;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** A socket from its first byte to its end: reads the preamble, then feeds its connection. */
final class TcpClient implements Swept {
  private final Transport transport;
  private final Connections connections;
  private final Surroundings around;
  private final long since;
  private Buffer start = Buffer.buffer();
  private boolean greeting = true;
  private long cutAt;
  private Connection connection;
  private FrameCutter cutter;

  private TcpClient(NetSocket socket, Connections connections) {
    this.connections = connections;
    transport = new TcpTransport(socket);
    around = connections.around();
    since = around.nanoTime().getAsLong();
    cutAt = since + around.timing().connectDeadline().toNanos();
  }

  /** Takes care of a socket that was accepted. */
  static void serve(NetSocket socket, Connections connections) {
    TcpClient client = new TcpClient(socket, connections);
    connections.greetingBegins();
    client.around.sweep().add(client);
    socket.handler(client::read);
    socket.closeHandler(closed -> client.gone());
    // Every failure of a socket closes it, which is what matters.
    socket.exceptionHandler(failure -> {});
  }

  private void read(Buffer bytes) {
    if (connection == null) {
      if (greeting) {
        readStart(bytes);
      }
    } else if (!connection.isClosed()) {
      cut(bytes);
    }
  }

  private void readStart(Buffer bytes) {
    start.appendBuffer(bytes);
    switch (Preamble.read(start)) {
      case Preamble.Reading.Unfinished more -> {}
      case Preamble.Reading.Refused refused -> refuse(refused.answer());
      case Preamble.Reading.Chosen chosen -> open(chosen);
    }
  }

  private void open(Preamble.Reading.Chosen chosen) {
    Buffer rest = start.slice(chosen.length(), start.length());
    start = null;
    endGreeting();
    around.sweep().remove(this);
    cutter = chosen.encoding().cutter(around.limits().maxFrameBytes());
    connection = connections.open(chosen.encoding(), transport, since);
    cut(rest);
  }

  private void cut(Buffer bytes) {
    try {
      cutter.feed(bytes, connection::receive);
    } catch (SkeinException unreadable) {
      connection.unreadable(unreadable);
    }
  }

  /** Answers in plain text: the client speaks another language. */
  private void refuse(String answer) {
    endGreeting();
    start = null;
    cutAt = around.nanoTime().getAsLong() + around.timing().closeLinger().toNanos();
    transport
        .write(Buffer.buffer(answer))
        .onSuccess(written -> transport.close(0, answer))
        .onFailure(failure -> transport.abort());
  }

  private void endGreeting() {
    if (greeting) {
      greeting = false;
      connections.greetingEnds();
    }
  }

  private void gone() {
    endGreeting();
    around.sweep().remove(this);
    if (connection != null) {
      connection.gone();
    }
  }

  @Override
  public void sweep(long now) {
    if (now - cutAt < 0) {
      return;
    }
    if (greeting) {
      refuse("ERROR no preamble within the deadline.\n");
    } else {
      transport.abort();
    }
  }
}
