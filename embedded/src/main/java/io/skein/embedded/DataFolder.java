package io.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that holds everything a run keeps: {@code postgres/}, {@code redis/}, their logs and
 * passwords. Whoever has it open holds its lock; the operating system gives the lock back when the
 * holder dies, however it dies.
 */
public final class DataFolder implements AutoCloseable {
  // Closing any channel on a file drops the process's locks on it, so a second attempt of this JVM
  // has to be stopped before it opens the lock file.
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens the folder for this process alone, making it (readable by its owner only) if needed.
   *
   * @throws EmbeddedStoreException if another process holds it, or it cannot be written
   */
  public static DataFolder open(Path folder) {
    try {
      if (Files.notExists(folder)) {
        Files.createDirectories(folder);
        Folders.makePrivate(folder);
      }
      Path path = folder.toRealPath();
      if (!OPEN_HERE.add(path)) {
        throw inUse(path, "this process");
      }
      try {
        return new DataFolder(path, lock(path));
      } catch (IOException | RuntimeException e) {
        OPEN_HERE.remove(path);
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException(
          "Cannot use the data folder " + folder.toAbsolutePath(),
          e.toString(),
          "choose a folder that the user '"
              + System.getProperty("user.name")
              + "' may write (--data DIR), or change its owner",
          e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve("lock"), READ, WRITE, CREATE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(path, "process " + holder(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return UTF_8.decode(pid.flip()).toString().strip();
  }

  private static EmbeddedStoreException inUse(Path path, String holder) {
    return new EmbeddedStoreException(
        "The data folder " + path + " is in use",
        holder + " is running on it, and two on the same data would destroy it",
        "stop that one first, or give this one a folder of its own (--data DIR)");
  }

  /** The absolute path, symbolic links resolved. */
  public Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** A random password that is made on first use and kept with the data. */
  String secret(String name) throws IOException {
    Path file = path.resolve(name);
    if (Files.notExists(file)) {
      var random = new byte[16];
      new SecureRandom().nextBytes(random);
      Path complete = path.resolve(name + ".new");
      Files.deleteIfExists(complete);
      Files.createFile(complete, OWNER_ONLY);
      Files.writeString(complete, HexFormat.of().formatHex(random));
      Files.move(complete, file, ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** Kills the servers that run in it, deletes everything in it, and gives the lock back. */
  public void destroy() {
    try (this) {
      new PostgresServer(this, 0, line -> {}).kill();
      new RedisServer(this, 0, line -> {}).kill();
      Folders.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the lock back; the data stays. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OPEN_HERE.remove(path);
    }
  }
}
