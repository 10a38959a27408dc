package io.skein.bench.wire;

import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One non-blocking connection. What is sent leaves at the end of the loop's turn, together. */
final class LoadConnection {
  private static final int INITIAL = 1024;

  private final LoadLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Framing framing;
  private final Hearer hearer;
  private ByteBuffer out = ByteBuffer.allocate(INITIAL);
  private boolean toFlush;
  private boolean opened;
  private boolean closed;

  /** Whom a connection belongs to. */
  interface Hearer {
    /** Frames may be sent from now on. */
    void opened();

    void received(ServerFrame frame);

    /** It is over, and not by {@link #close}. */
    void lost(String why);
  }

  /** Begins to connect; from this local address, or from any if it is null. */
  LoadConnection(LoadLoop loop, Door door, SocketAddress source, Hearer hearer) throws IOException {
    this.loop = loop;
    this.hearer = hearer;
    this.framing = door.newFraming();
    channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (source != null) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(source);
      }
      boolean connected = channel.connect(door.address());
      key = loop.register(channel, this);
      key.interestOps(connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
      append(framing.greeting());
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  void send(ClientFrame frame) {
    append(framing.encode(frame));
  }

  private void append(byte[] bytes) {
    if (out.remaining() < bytes.length) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (out.position() + bytes.length));
      out = larger.put(out.flip());
    }
    out.put(bytes);
    if (!toFlush) {
      toFlush = true;
      loop.flushLater(this);
    }
  }

  /** Writes what was sent since, as far as the socket takes it. */
  void flush() {
    toFlush = false;
    if (closed || !channel.isConnected() || out.position() == 0) {
      return;
    }
    try {
      out.flip();
      channel.write(out);
      out.compact();
      key.interestOps(
          out.position() == 0
              ? SelectionKey.OP_READ
              : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException broken) {
      lose(String.valueOf(broken.getMessage()));
    }
  }

  /** The socket can be connected, read or written. */
  void ready(ByteBuffer buffer) {
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        flush();
      }
      openIfPossible();
      if (key.isValid() && key.isReadable()) {
        read(buffer);
      }
      if (key.isValid() && key.isWritable()) {
        flush();
      }
    } catch (IOException | SkeinException broken) {
      lose(String.valueOf(broken.getMessage()));
    }
  }

  private void openIfPossible() {
    if (!opened && channel.isConnected() && framing.isOpen()) {
      opened = true;
      hearer.opened();
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      throw new EOFException("the server closed a connection");
    }
    framing.decode(buffer.array(), count, new Received());
    openIfPossible();
  }

  private final class Received implements Framing.Sink {
    @Override
    public void frame(ServerFrame frame) {
      hearer.received(frame);
    }

    @Override
    public void answer(byte[] bytes) {
      append(bytes);
    }
  }

  private void lose(String why) {
    if (!closed) {
      close();
      hearer.lost(why);
    }
  }

  void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // There is nothing left to free.
    }
  }
}
