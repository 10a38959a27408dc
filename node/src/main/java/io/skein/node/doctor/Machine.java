package io.skein.node.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java, memory, file limits and disk of this machine. */
final class Machine {
  private static final int LOWEST_JAVA = 21;
  private static final int ENOUGH_FILES = 65_536;
  private static final long ENOUGH_MEMORY_MIB = 1_024;
  private static final long ENOUGH_DISK_MIB = 2_048;
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d+|unlimited)");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");

  private final Path proc;

  /**
   * @param proc where the system's files are: {@code /proc}
   */
  Machine(Path proc) {
    this.proc = proc;
  }

  Finding java() {
    int level = Runtime.version().feature();
    String detail = level + " (" + System.getProperty("java.home") + ")";
    return level >= LOWEST_JAVA
        ? Finding.good("Java", detail)
        : Finding.bad("Java", detail, "install a JDK 21 or newer, and set JAVA_HOME to it");
  }

  Finding openFiles() {
    String limit = find(proc.resolve("self/limits"), OPEN_FILES);
    if (limit.isEmpty()) {
      return Finding.skipped("files", "this system does not tell its limit of open files");
    }
    if (limit.equals("unlimited") || Long.parseLong(limit) >= ENOUGH_FILES) {
      return Finding.good("files", limit + " may be open");
    }
    return Finding.doubtful(
        "files",
        "only " + limit + " may be open: that many connections at most",
        "ulimit -n 1048576 before the start, or LimitNOFILE=1048576 in the systemd unit");
  }

  Finding memory() {
    String kib = find(proc.resolve("meminfo"), AVAILABLE);
    if (kib.isEmpty()) {
      return Finding.skipped("memory", "this system does not tell how much is free");
    }
    long mib = Long.parseLong(kib) / 1024;
    long heap = Runtime.getRuntime().maxMemory() / 1024 / 1024;
    String detail = "%d MiB free, this program may take %d MiB".formatted(mib, heap);
    return mib >= ENOUGH_MEMORY_MIB
        ? Finding.good("memory", detail)
        : Finding.doubtful(
            "memory", detail, "end something else, or limit it: SKEIN_JAVA_OPTS=-Xmx512m");
  }

  static Finding disk(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    try {
      long mib = Files.getFileStore(existing).getUsableSpace() / 1024 / 1024;
      String detail = mib + " MiB free at " + existing;
      if (!Files.isWritable(existing)) {
        return Finding.doubtful("disk", detail + ", not writable", "dev needs --data DIR there");
      }
      return mib >= ENOUGH_DISK_MIB
          ? Finding.good("disk", detail)
          : Finding.doubtful("disk", detail, "make room: a full disk stops the database");
    } catch (IOException e) {
      return Finding.skipped("disk", e.toString());
    }
  }

  private static String find(Path file, Pattern pattern) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
