package io.skein.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Server, Postgres, Redis and the generator, as far as they run on this machine. */
public record Parties(Party server, Party postgres, Party redis, Party generator) {

  /**
   * Finds them: the server listens on the door's port, Postgres and Redis are whom it talks to.
   *
   * @param serverPids if they are known; several when the services are processes of their own
   * @param port of the door
   */
  public static Parties find(ProcFiles proc, List<Long> serverPids, int port) {
    Sockets sockets = new Sockets(proc);
    List<Long> servers =
        serverPids.isEmpty() ? sockets.listener(port).map(List::of).orElse(List.of()) : serverPids;
    Set<Long> peers = new TreeSet<>();
    for (long server : servers) {
      for (int peer : sockets.remotePorts(server)) {
        sockets.listener(peer).ifPresent(peers::add);
      }
    }
    return new Parties(
        new Party("server", servers, false),
        new Party("postgres", named(proc, peers, "postgres"), true),
        new Party("redis", named(proc, peers, "redis-server"), true),
        new Party("generator", List.of(ProcessHandle.current().pid()), false));
  }

  private static List<Long> named(ProcFiles proc, Set<Long> pids, String name) {
    return pids.stream()
        .filter(pid -> proc.stat(pid).filter(stat -> stat.name().equals(name)).isPresent())
        .toList();
  }

  public List<Party> all() {
    return new ArrayList<>(List.of(server, postgres, redis, generator));
  }
}
