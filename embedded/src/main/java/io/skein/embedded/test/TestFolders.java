package io.skein.embedded.test;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.skein.embedded.DataFolder;
import io.skein.embedded.EmbeddedStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Temporary data folders. Those of test JVMs that were killed, and the servers that still run in
 * them, are removed by the next test JVM of the same user.
 */
final class TestFolders {
  private static final Path BASE =
      Path.of(
          System.getProperty("java.io.tmpdir"), "skein-test-" + System.getProperty("user.name"));

  private static final Set<DataFolder> LIVE = new HashSet<>();

  private static boolean prepared;

  private TestFolders() {}

  /** A new empty folder, locked by this JVM. */
  static synchronized DataFolder create() {
    try {
      Files.createDirectories(BASE);
      // A folder is made and locked in one step, as others see it; else it would be reaped between.
      try (var channel = FileChannel.open(BASE.resolve("lock"), WRITE, CREATE)) {
        channel.lock(); // until the channel is closed
        if (!prepared) {
          prepared = true;
          reapDead();
          Runtime.getRuntime()
              .addShutdownHook(new Thread(TestFolders::discardAll, "discard test stores"));
        }
        DataFolder data =
            DataFolder.open(Files.createTempDirectory(BASE, ProcessHandle.current().pid() + "-"));
        LIVE.add(data);
        return data;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills what runs in the folder and deletes it. */
  static synchronized void discard(DataFolder data) {
    if (LIVE.remove(data)) {
      data.destroy();
    }
  }

  private static synchronized void discardAll() {
    for (DataFolder data : List.copyOf(LIVE)) {
      discard(data);
    }
  }

  private static void reapDead() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(BASE, Files::isDirectory)) {
      for (Path folder : folders) {
        try {
          DataFolder.open(folder).destroy();
        } catch (EmbeddedStoreException e) {
          // In use: its JVM is alive.
        }
      }
    }
  }
}
