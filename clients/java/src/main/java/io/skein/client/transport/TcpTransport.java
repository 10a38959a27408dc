package io.skein.client.transport;

import io.skein.protocol.v1.ClientFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket with one thread that reads and one that writes: blocking sockets work on every platform,
 * TLS included, and an app has one connection.
 */
final class TcpTransport implements Transport {
  /** More means that the peer does not read; the client's limit of calls in flight is far lower. */
  private static final int MAX_QUEUED_FRAMES = 16_384;

  private static final int BUFFER = 64 * 1024;
  private static final byte[] END = new byte[0];

  private final Socket socket;
  private final FrameCodec codec;
  private final BlockingQueue<byte[]> outbound = new LinkedBlockingQueue<>(MAX_QUEUED_FRAMES);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<String> reason = new AtomicReference<>();

  TcpTransport(Socket socket, FrameCodec codec) {
    this.socket = socket;
    this.codec = codec;
  }

  @Override
  public void start(TransportListener listener) {
    Threads.start("skein-write", this::write);
    Threads.start("skein-read", () -> read(listener));
  }

  @Override
  public void send(ClientFrame frame) {
    if (!closed.get() && !outbound.offer(codec.encode(frame))) {
      end("the server does not read");
    }
  }

  @Override
  public void close() {
    reason.compareAndSet(null, "closed here");
    if (closed.compareAndSet(false, true) && !outbound.offer(END)) {
      end("closed here");
    }
  }

  private void read(TransportListener listener) {
    try (InputStream in = socket.getInputStream()) {
      byte[] bytes = new byte[BUFFER];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        codec.decode(bytes, length, listener::onFrame);
      }
      end("the server closed the connection");
    } catch (IOException | RuntimeException broken) {
      end(String.valueOf(broken.getMessage()));
    }
    listener.onClosed(0, reason.get());
  }

  private void write() {
    try {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
      for (byte[] next = outbound.take(); next != END; next = outbound.take()) {
        out.write(next);
        if (outbound.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
      end("closed here");
    } catch (IOException broken) {
      end(String.valueOf(broken.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      end("interrupted");
    }
  }

  /** Closing the socket ends the reader, which then reports the first reason. */
  private void end(String why) {
    reason.compareAndSet(null, why);
    closed.set(true);
    outbound.clear();
    outbound.offer(END);
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // There is nothing left to free.
    }
  }
}
