package io.skein.bench.limits;

import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What the disk allows: a page of 8 KiB written and forced out, one after the other. */
final class FsyncLimit {
  static final Figure FIGURE = Figure.limit("fsyncs of 8 KiB, one at a time");
  private static final int PAGE = 8 * 1024;
  private static final int PAGES = 256;

  private FsyncLimit() {}

  /** In a file of this folder, which is deleted afterwards. */
  static void measure(Path folder, Duration time, Run run) throws IOException {
    Path file = Files.createTempFile(folder, "bench-fsync", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // As a database does: over what is there, so that no length has to be stored.
      channel.write(ByteBuffer.allocate(PAGE * PAGES));
      channel.force(true);
      run.add(FIGURE, perSecond(channel, time));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static double perSecond(FileChannel channel, Duration time) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE);
    long began = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - began < time.toNanos()) {
      channel.write(page.rewind(), count % PAGES * PAGE);
      channel.force(false);
      count++;
    }
    return count * 1e9 / (System.nanoTime() - began);
  }
}
