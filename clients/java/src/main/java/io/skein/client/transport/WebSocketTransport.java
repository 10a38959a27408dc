package io.skein.client.transport;

import io.skein.protocol.v1.ClientFrame;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A WebSocket: binary messages for protobuf, text for JSON. */
final class WebSocketTransport implements Transport {
  private static final int NORMAL = 1000;

  private final Encoding encoding;
  private final FrameCodec codec;
  private final TransportOptions options;
  private TransportListener listener;
  private WebSocket socket;
  // The JDK's client takes one message at a time.
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
  private Runnable ended;

  WebSocketTransport(Encoding encoding, FrameCodec codec, TransportOptions options) {
    this.encoding = encoding;
    this.codec = codec;
    this.options = options;
  }

  WebSocket.Listener events() {
    return new Events();
  }

  synchronized Transport on(WebSocket opened) {
    socket = opened;
    return this;
  }

  /** The first message is asked for here, so that nothing arrives before its listener. */
  @Override
  public synchronized void start(TransportListener hearer) {
    listener = hearer;
    if (ended != null) {
      ended.run();
    }
    socket.request(1);
  }

  @Override
  public synchronized void send(ClientFrame frame) {
    byte[] bytes = codec.encode(frame);
    sent =
        sent.thenCompose(
                previous ->
                    encoding == Encoding.PROTOBUF
                        ? socket.sendBinary(ByteBuffer.wrap(bytes), true)
                        : socket.sendText(new String(bytes, StandardCharsets.UTF_8), true))
            .whenComplete(
                (done, failed) -> {
                  if (failed != null) {
                    report(0, String.valueOf(failed.getMessage()));
                  }
                });
  }

  @Override
  public synchronized void close() {
    sent =
        sent.handle((previous, failed) -> previous)
            .thenCompose(previous -> socket.sendClose(NORMAL, ""))
            .orTimeout(options.openTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, failed) -> abort("closed here"));
  }

  private void abort(String reason) {
    socket.abort();
    report(0, reason);
  }

  private void report(int closeCode, String reason) {
    TransportListener hearer;
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = () -> listener.onClosed(closeCode, reason);
      hearer = listener;
    }
    if (hearer != null) {
      ended.run();
    }
  }

  private void received(byte[] bytes) {
    try {
      codec.decode(bytes, bytes.length, listener::onFrame);
    } catch (IOException | RuntimeException broken) {
      abort(String.valueOf(broken.getMessage()));
    }
  }

  private final class Events implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      // Asks for nothing yet: see start.
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received(bytes);
      from.request(1);
      return null;
    }

    /** Parts of a message are cut between characters, not between frames. */
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > options.maxFrameBytes()) {
        abort("the server sent a message that is too long");
      } else if (last) {
        received((text + "\n").getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
      report(statusCode, reason.isEmpty() ? "the server closed the connection" : reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      report(0, String.valueOf(error.getMessage()));
    }
  }
}
