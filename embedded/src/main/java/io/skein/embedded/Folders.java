package io.skein.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the standard library lacks for whole folders. */
final class Folders {
  private Folders() {}

  static void makePrivate(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  /** Lets others pass through the folder; they still cannot list it. */
  static void letOthersEnter(Path folder) throws IOException {
    var permissions = Files.getPosixFilePermissions(folder);
    if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(folder, permissions);
    }
  }

  /** Deletes the folder and all in it; a server that still removes its own files is no error. */
  static void delete(Path folder) throws IOException {
    for (Path path : contents(folder)) {
      Files.deleteIfExists(path);
    }
  }

  /** Gives the folder and all in it to another user. */
  static void giveTo(Path folder, int uid) throws IOException {
    for (Path path : contents(folder)) {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return contents(folder);
      }
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
