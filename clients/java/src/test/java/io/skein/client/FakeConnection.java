package io.skein.client;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ServerFrame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server's side of one connection. */
final class FakeConnection {
  private static final String PREAMBLE = "SKEIN/1 proto\n";

  private final FakeServer server;
  private final Socket socket;
  private final List<ClientFrame> received = new CopyOnWriteArrayList<>();

  FakeConnection(FakeServer server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  void start() {
    Thread reader = new Thread(this::read, "fake-connection");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
      String preamble = new String(in.readNBytes(PREAMBLE.length()), StandardCharsets.US_ASCII);
      if (!preamble.equals(PREAMBLE)) {
        throw new IOException("unexpected preamble " + preamble);
      }
      for (ClientFrame call = ClientFrame.parseDelimitedFrom(in);
          call != null;
          call = ClientFrame.parseDelimitedFrom(in)) {
        received.add(call);
        server.handle(this, call);
      }
    } catch (IOException closed) {
      // The test looks at what came before.
    }
  }

  /** The calls of a method so far, in order. */
  List<ClientFrame> calls(String method) {
    return received.stream().filter(call -> call.getMethod().equals(method)).toList();
  }

  /** Waits for the first {@code count} calls of a method. */
  List<ClientFrame> expect(String method, int count) {
    await("calls of " + method)
        .atMost(FakeServer.PATIENCE)
        .until(() -> calls(method).size() >= count);
    return calls(method).subList(0, count);
  }

  void reply(ClientFrame call, Message result) {
    write(ServerFrame.newBuilder().setId(call.getId()).setResult(result.toByteString()).build());
  }

  void refuse(ClientFrame call, ErrorCode code) {
    refuse(call, new SkeinException(code, "as the test says"));
  }

  void refuse(ClientFrame call, SkeinException failure) {
    write(ServerFrame.newBuilder().setId(call.getId()).setError(failure.toError()).build());
  }

  void push(int number, Entry entry) {
    push(Event.newBuilder().setPush(number).setEntry(entry).build());
  }

  void push(Event event) {
    write(ServerFrame.newBuilder().setEvent(event).build());
  }

  void bye(CloseCode code, Duration after, Duration jitter) {
    push(
        Event.newBuilder()
            .setBye(code.toBye("as the test says", (int) after.toMillis(), (int) jitter.toMillis()))
            .build());
    close();
  }

  private synchronized void write(ServerFrame frame) {
    try {
      OutputStream out = socket.getOutputStream();
      frame.writeDelimitedTo(out);
      out.flush();
    } catch (IOException closed) {
      // The test has closed it under a call that was just being answered.
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // Closed is closed.
    }
  }
}
