package io.skein.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Ports that nobody uses at the moment. They are below those that systems give to outgoing
 * connections, so that none of these takes one before its node has started; and ten apart, since
 * the members of a cluster take the next ones of its first.
 */
final class Ports {
  private static final int FIRST = 11_000;
  private static final int LAST = 20_000;
  private static final int STEP = 10;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** So many different ones, and never the same again. */
  static List<Integer> free(int count) {
    return Stream.generate(Ports::any)
        .filter(port -> GIVEN.add(port) && isFree(port))
        .limit(count)
        .toList();
  }

  private static int any() {
    return ThreadLocalRandom.current().nextInt(FIRST / STEP, LAST / STEP) * STEP;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
