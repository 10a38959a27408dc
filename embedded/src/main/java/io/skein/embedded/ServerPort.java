package io.skein.embedded;

import io.skein.embedded.ServerProgram.PortTakenException;
import java.io.IOException;

/** The port of a server: given, or chosen at its first start and then kept. */
final class ServerPort {
  private static final int ATTEMPTS = 5;

  private final String server;
  private int port;

  ServerPort(String server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Opens the server on its port; on several, if one to be chosen turns out to be taken. */
  int open(Opening opening) throws IOException {
    boolean chosen = port != 0;
    for (int attempt = 1; ; attempt++) {
      int candidate = chosen ? port : Ports.free();
      try {
        opening.at(candidate);
        port = candidate;
        return port;
      } catch (PortTakenException e) {
        if (chosen || attempt == ATTEMPTS) {
          throw new EmbeddedStoreException(
              server + " did not start",
              "another program listens on port " + candidate,
              "end that program ('ss -ltnp' shows it), or choose another port",
              e);
        }
      }
    }
  }

  /** Starts a server on a port. */
  interface Opening {
    void at(int port) throws IOException, PortTakenException;
  }
}
