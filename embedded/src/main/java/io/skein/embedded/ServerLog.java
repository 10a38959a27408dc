package io.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file into which a server writes; kept between runs, and bounded by one older generation. */
final class ServerLog {
  private static final long MAX_BYTES = 10L << 20;
  private static final int TAIL_BYTES = 2_000;

  private final Path file;
  private long start;

  ServerLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Begins a run: {@link #tail} will show only what is written from now on. */
  void begin() throws IOException {
    if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
      Files.move(file, file.resolveSibling(file.getFileName() + ".1"), REPLACE_EXISTING);
    }
    start = Files.exists(file) ? Files.size(file) : 0;
  }

  /** The last lines of this run. */
  String tail() {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(start, log.length() - TAIL_BYTES);
      var bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      return new String(bytes, UTF_8).strip();
    } catch (IOException e) {
      return "(" + file + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
