package io.skein.bench;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One non-blocking connection of the load, with protobuf frames. Confined to the load's thread. */
final class BenchConnection {
  private static final int BUFFER = 64 * 1024;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final User user;
  private ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private ByteBuffer out = ByteBuffer.allocate(BUFFER);

  /** What one does on a connection. */
  interface User {
    void received(ServerFrame frame) throws IOException;
  }

  BenchConnection(Selector selector, InetSocketAddress server, User user) throws IOException {
    this.user = user;
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    out.put("SKEIN/1 proto\n".getBytes(StandardCharsets.US_ASCII));
  }

  <Q extends Message> void send(int id, Rpc<Q, ?> rpc, Q request) throws IOException {
    ClientFrame frame =
        ClientFrame.newBuilder()
            .setId(id)
            .setMethod(rpc.name())
            .setParams(request.toByteString())
            .build();
    int size = frame.getSerializedSize();
    int length = CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    if (out.remaining() < length) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (out.capacity() + length));
      out = larger.put(out.flip());
    }
    CodedOutputStream encoder = CodedOutputStream.newInstance(out.array(), out.position(), length);
    encoder.writeUInt32NoTag(size);
    frame.writeTo(encoder);
    encoder.flush();
    out.position(out.position() + length);
  }

  /** Writes what was sent since, as far as the socket takes it. */
  void flush() throws IOException {
    if (out.position() == 0) {
      return;
    }
    out.flip();
    channel.write(out);
    out.compact();
    key.interestOps(
        out.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  void read() throws IOException {
    int count = channel.read(in);
    if (count < 0) {
      throw new EOFException("the server closed a connection");
    }
    in.flip();
    while (readFrame()) {
      // As long as there are whole frames.
    }
    in.compact();
    if (!in.hasRemaining()) {
      in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
    }
  }

  private boolean readFrame() throws IOException {
    in.mark();
    int size = 0;
    for (int shift = 0; in.hasRemaining(); shift += 7) {
      int next = in.get();
      size |= (next & 0x7f) << shift;
      if (next >= 0) {
        if (in.remaining() < size) {
          break;
        }
        ServerFrame frame =
            ServerFrame.parser().parseFrom(in.array(), in.arrayOffset() + in.position(), size);
        in.position(in.position() + size);
        user.received(frame);
        return true;
      }
    }
    in.reset();
    return false;
  }

  void close() throws IOException {
    channel.close();
  }
}
