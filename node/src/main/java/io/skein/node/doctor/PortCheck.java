package io.skein.node.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a port can be had, and who has it if not. */
final class PortCheck {
  private static final String LISTENING = "0A"; // TCP_LISTEN, see proc_net_tcp.txt of Linux

  private PortCheck() {}

  static Finding check(String name, String host, int port, String key) {
    if (port == 0) {
      return Finding.good(name, "a free port");
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.good(name, host + ":" + port + " is free");
    } catch (IOException e) {
      String holder =
          holder(port).map(who -> "used by " + who).orElse(String.valueOf(e.getMessage()));
      return Finding.bad(
          name,
          host + ":" + port + " cannot be opened: " + holder,
          "end that one, or choose another port: " + key);
    }
  }

  /** The process that listens on the port, as far as this user may see it. */
  static Optional<String> holder(int port) {
    return inode(port).flatMap(PortCheck::process);
  }

  private static Optional<String> inode(int port) {
    String suffix = ":%04X".formatted(port);
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream().skip(1))
        .map(line -> line.strip().split("\\s+"))
        .filter(column -> column[1].endsWith(suffix) && column[3].equals(LISTENING))
        .map(column -> column[9])
        .findFirst();
  }

  private static Optional<String> process(String inode) {
    String socket = "socket:[" + inode + "]";
    return ProcessHandle.allProcesses()
        .filter(process -> holds(Path.of("/proc", Long.toString(process.pid()), "fd"), socket))
        .map(process -> process.info().command().orElse("a process") + ", process " + process.pid())
        .findFirst();
  }

  private static boolean holds(Path descriptors, String socket) {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.anyMatch(file -> pointsTo(file, socket));
    } catch (IOException e) {
      return false; // another user's, or just gone
    }
  }

  private static boolean pointsTo(Path file, String target) {
    try {
      return Files.readSymbolicLink(file).toString().equals(target);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
