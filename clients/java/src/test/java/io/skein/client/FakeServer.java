package io.skein.client;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.DeliveredReply;
import io.skein.protocol.v1.Limits;
import io.skein.protocol.v1.PingReply;
import io.skein.protocol.v1.SyncReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does what a test says, on the real TCP door. */
final class FakeServer implements AutoCloseable {

  /** Answers a call, or does not. */
  interface Handler {
    void handle(FakeConnection connection, ClientFrame call);
  }

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerSocket socket;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  final List<FakeConnection> connections = new CopyOnWriteArrayList<>();

  FakeServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    answer(
        "connect",
        call ->
            ConnectReply.newBuilder()
                .setUserId("alice")
                .setSessionId("session-" + connections.size())
                .setHeartbeatSeconds(30)
                .setLimits(Limits.newBuilder().setMaxInFlight(1000).setMaxPage(200))
                .build());
    answer("conversations.sync", call -> SyncReply.newBuilder().setCursor("cursor-1").build());
    answer("ping", call -> PingReply.getDefaultInstance());
    answer("delivered", call -> DeliveredReply.getDefaultInstance());
    Thread acceptor = new Thread(this::accept, "fake-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String endpoint() {
    return "tcp://127.0.0.1:" + socket.getLocalPort();
  }

  /** From now on this method is answered so; a handler that answers nothing leaves it open. */
  void on(String method, Handler handler) {
    handlers.put(method, handler);
  }

  void answer(String method, java.util.function.Function<ClientFrame, Message> reply) {
    on(method, (connection, call) -> connection.reply(call, reply.apply(call)));
  }

  void silent(String method) {
    on(method, (connection, call) -> {});
  }

  /** The connection with this number, from 1, once it is there and authenticated. */
  FakeConnection connection(int number) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                connections.size() >= number
                    && !connections.get(number - 1).calls("connect").isEmpty());
    return connections.get(number - 1);
  }

  void handle(FakeConnection connection, ClientFrame call) {
    Handler handler = handlers.get(call.getMethod());
    if (handler != null) {
      handler.handle(connection, call);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        FakeConnection connection = new FakeConnection(this, accepted);
        connections.add(connection);
        connection.start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    connections.forEach(FakeConnection::close);
  }
}
