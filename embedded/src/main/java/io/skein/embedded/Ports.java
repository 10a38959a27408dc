package io.skein.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports on loopback. */
final class Ports {
  // Below the range that Linux takes for outgoing connections (32768 and up): a client that keeps
  // reconnecting to a stopped server could otherwise be given the server's port, or even connect to
  // itself, and the server could not come back.
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedStoreException(
        "No free TCP port between " + FIRST + " and " + LAST,
        ATTEMPTS + " random ones were all taken",
        "look with 'ss -ltn' who takes them");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
