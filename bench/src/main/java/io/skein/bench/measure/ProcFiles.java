package io.skein.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What Linux tells of processes in {@code /proc} (proc(5)). What cannot be read is not there. */
public final class ProcFiles {
  /** USER_HZ, which is 100 on every Linux that Java runs on. */
  static final double TICKS_PER_SECOND = 100;

  private final Path root;

  public ProcFiles() {
    this(Path.of("/proc"));
  }

  ProcFiles(Path root) {
    this.root = root;
  }

  /**
   * Of {@code /proc/PID/stat}.
   *
   * @param ticks used by the process, in user and in kernel mode
   * @param deadTicks used by its children that have ended
   */
  public record Stat(long pid, String name, long parent, long ticks, long deadTicks) {}

  public Optional<Stat> stat(long pid) {
    return text(root.resolve(pid + "/stat")).map(ProcFiles::parse);
  }

  /** The name stands in brackets and may itself hold brackets and spaces. */
  static Stat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    String[] rest = line.substring(close + 2).strip().split(" ");
    return new Stat(
        Long.parseLong(line.substring(0, open).strip()),
        line.substring(open + 1, close),
        Long.parseLong(rest[1]),
        Long.parseLong(rest[11]) + Long.parseLong(rest[12]),
        Long.parseLong(rest[13]) + Long.parseLong(rest[14]));
  }

  /** Resident memory in KiB, of {@code /proc/PID/status}. */
  public OptionalLong rssKib(long pid) {
    return text(root.resolve(pid + "/status")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  /** Ticks that all processors were busy with, those of neighbours on the host left out. */
  public long busyTicks() {
    String[] cpu = text(root.resolve("stat")).orElse("cpu 0 0 0 0 0 0 0").split("\\s+", 9);
    long idle = Long.parseLong(cpu[4]) + Long.parseLong(cpu[5]);
    long all = 0;
    for (int i = 1; i <= 7; i++) {
      all += Long.parseLong(cpu[i]);
    }
    return all - idle;
  }

  public List<Stat> all() {
    List<Stat> found = new ArrayList<>();
    for (Path entry : entries(root)) {
      String name = entry.getFileName().toString();
      if (name.chars().allMatch(Character::isDigit)) {
        stat(Long.parseLong(name)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The sockets that a process has open, by inode. */
  Set<String> sockets(long pid) {
    Set<String> inodes = new HashSet<>();
    for (Path descriptor : entries(root.resolve(pid + "/fd"))) {
      try {
        String target = Files.readSymbolicLink(descriptor).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      } catch (IOException | UnsupportedOperationException gone) {
        // Closed meanwhile.
      }
    }
    return inodes;
  }

  /** The lines of {@code /proc/net/tcp} and {@code tcp6}. */
  List<String> tcp() {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      text(root.resolve(table)).ifPresent(text -> text.lines().skip(1).forEach(lines::add));
    }
    return lines;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      List<Path> found = new ArrayList<>();
      entries.forEach(found::add);
      return found;
    } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
      return List.of();
    }
  }
}
