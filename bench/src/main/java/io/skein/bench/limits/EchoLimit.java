package io.skein.bench.limits;

import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** What the machine's loopback interface allows: one message there and back at a time. */
final class EchoLimit {
  static final Figure FIGURE = Figure.limit("loopback echoes, one at a time");
  private static final int BYTES = 200;

  private EchoLimit() {}

  static void measure(Duration time, Run run) throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(door.getInetAddress(), door.getLocalPort());
        Socket server = door.accept()) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofPlatform().daemon().name("bench-echo").start(() -> echo(server));
      run.add(FIGURE, perSecond(client, time));
    }
  }

  private static double perSecond(Socket client, Duration time) throws IOException {
    var in = new DataInputStream(client.getInputStream());
    byte[] message = new byte[BYTES];
    long began = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - began < time.toNanos()) {
      client.getOutputStream().write(message);
      in.readFully(message);
      count++;
    }
    return count * 1e9 / (System.nanoTime() - began);
  }

  private static void echo(Socket server) {
    byte[] buffer = new byte[BYTES];
    try {
      for (int read = server.getInputStream().read(buffer);
          read >= 0;
          read = server.getInputStream().read(buffer)) {
        server.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException closed) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }
}
