package io.skein.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which process listens where, and which ports of this machine a process talks to. */
final class Sockets {
  private static final String LISTENING = "0A";
  private static final String ESTABLISHED = "01";

  private final ProcFiles proc;
  private final List<Row> rows = new ArrayList<>();

  private record Row(
      String localAddress,
      int localPort,
      String remote,
      int remotePort,
      String state,
      String inode) {}

  /** As it is now. */
  Sockets(ProcFiles proc) {
    this.proc = proc;
    for (String line : proc.tcp()) {
      String[] words = line.strip().split("\\s+");
      String[] local = words[1].split(":");
      String[] remote = words[2].split(":");
      rows.add(
          new Row(
              local[0],
              Integer.parseInt(local[1], 16),
              remote[0],
              Integer.parseInt(remote[1], 16),
              words[3],
              words[9]));
    }
  }

  /** Who listens on this port; empty too if that process is not ours to look into. */
  Optional<Long> listener(int port) {
    List<String> inodes =
        rows.stream()
            .filter(row -> row.state.equals(LISTENING) && row.localPort == port)
            .map(Row::inode)
            .toList();
    // The first of a family of processes that share the socket: its parent.
    return proc.all().stream()
        .map(ProcFiles.Stat::pid)
        .filter(pid -> !inodes.isEmpty() && proc.sockets(pid).stream().anyMatch(inodes::contains))
        .sorted()
        .findFirst();
  }

  /** The ports at this machine to which a process has connected. */
  Set<Integer> remotePorts(long pid) {
    Set<String> inodes = proc.sockets(pid);
    Set<Integer> listened = new TreeSet<>();
    rows.stream()
        .filter(row -> row.state.equals(LISTENING))
        .forEach(row -> listened.add(row.localPort));
    Set<Integer> ports = new TreeSet<>();
    for (Row row : rows) {
      if (row.state.equals(ESTABLISHED)
          && inodes.contains(row.inode)
          && row.remote.equals(row.localAddress)
          && listened.contains(row.remotePort)) {
        ports.add(row.remotePort);
      }
    }
    return ports;
  }
}
