package io.skein.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where the servers' programs are kept once they are unpacked from their jars: one folder per user,
 * so that one user never runs what another may have changed. A program folder appears complete or
 * not at all, also with several processes at once.
 */
final class BinaryCache {
  private final Path root;
  private final Consumer<String> progress;

  BinaryCache(Path root, Consumer<String> progress) {
    this.root = root;
    this.progress = progress;
  }

  static BinaryCache ofThisUser(Consumer<String> progress) {
    String user = System.getProperty("user.name");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "skein-programs-" + user);
    // Root's home is closed to the user that root's Postgres may have to run as.
    Path usual =
        user.equals("root")
            ? Path.of("/var/cache/skein")
            : Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("skein");
    for (Path root : List.of(usual, temporary)) {
      if (isUsable(root)) {
        return new BinaryCache(root, progress);
      }
    }
    throw new EmbeddedStoreException(
        "There is no place for the programs of Postgres and Redis",
        "neither " + usual + " nor " + temporary + " can be written by '" + user + "' alone",
        "make one of them writable for this user only, or set XDG_CACHE_HOME");
  }

  private static boolean isUsable(Path root) {
    try {
      Files.createDirectories(root);
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
      return Files.isWritable(root)
          && Files.getOwner(root).equals(Files.getOwner(Path.of("/proc/self")))
          && !permissions.contains(PosixFilePermission.GROUP_WRITE)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The folder with the unpacked programs.
   *
   * @param name what it is, for people and for the folder's name
   * @param resource the packed programs on the class path; their size marks the version
   */
  synchronized Path provide(String name, String resource, Unpacker unpacker) throws IOException {
    URL url = BinaryCache.class.getResource(resource);
    if (url == null) {
      throw new EmbeddedStoreException(
          "There is no embedded " + name + " for this machine",
          resource + " is not on the class path",
          "embedded stores work on Linux with amd64 or aarch64; elsewhere use your own "
              + name
              + " ('node' mode)");
    }
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream packed = connection.getInputStream()) {
      Path complete =
          root.resolve(name.toLowerCase(Locale.ROOT) + "-" + connection.getContentLengthLong());
      if (Files.notExists(complete)) {
        unpack(name, packed, complete, unpacker);
      }
      return complete;
    }
  }

  private void unpack(String name, InputStream packed, Path complete, Unpacker unpacker)
      throws IOException {
    synchronized (BinaryCache.class) { // a file lock is held by the whole JVM
      try (var channel = FileChannel.open(root.resolve("lock"), WRITE, CREATE)) {
        channel.lock(); // until the channel is closed
        if (Files.exists(complete)) {
          return;
        }
        progress.accept("Unpacking %s into %s (only once)".formatted(name, complete));
        Path partial = complete.resolveSibling(complete.getFileName() + ".partial");
        Folders.delete(partial);
        Files.createDirectories(partial);
        unpacker.unpack(packed, partial);
        Files.move(partial, complete, ATOMIC_MOVE);
      }
    }
  }

  /** Turns what is in the jar into files of a folder. */
  interface Unpacker {
    void unpack(InputStream packed, Path folder) throws IOException;
  }
}
