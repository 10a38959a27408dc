package io.skein.bench.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * The local addresses of connections. One address has some 28,000 ports for connections to one
 * door, and those just closed stay taken for a minute; loopback has as many addresses as we like.
 */
public final class Sources {
  private static final int PER_ADDRESS = 20_000;
  private static final int MOST = 200;

  private final boolean loopback;
  private long given;

  Sources(InetAddress server) {
    this.loopback = server.isLoopbackAddress() && server.getAddress().length == 4;
  }

  public static Sources of(Door door) {
    return new Sources(door.address().getAddress());
  }

  /** Where the next connection comes from; null: the system chooses. */
  SocketAddress next() {
    long address = given++ / PER_ADDRESS;
    if (!loopback || address == 0) {
      return null;
    }
    try {
      byte[] bytes = {127, 0, 0, (byte) (1 + address % MOST)};
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
