package io.skein.gateway.tcp;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.skein.gateway.connection.Transport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** A TCP socket. It has no close codes: {@code bye} has told. */
@SuppressWarnings("FutureReturnValueIgnored") // The socket's close handler tells what became of it.
final class TcpTransport implements Transport {
  private final NetSocket socket;

  TcpTransport(NetSocket socket) {
    this.socket = socket;
  }

  @Override
  public Future<Void> write(Buffer frames) {
    return socket.write(frames);
  }

  /**
   * Ends our half only, and leaves it to the client to end its own: with unread bytes of the client
   * a full close becomes a reset, which would take {@code bye} with it.
   */
  @Override
  public void close(int code, String reason) {
    if (!socket.isSsl() && channel() instanceof SocketChannel halves) {
      halves.shutdownOutput();
    } else {
      socket.close();
    }
  }

  @Override
  public void abort() {
    channel().close();
  }

  @Override
  public String remoteAddress() {
    return socket.remoteAddress() == null ? "" : socket.remoteAddress().hostAddress();
  }

  private Channel channel() {
    return ((NetSocketInternal) socket).channelHandlerContext().channel();
  }
}
