package io.skein.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of a Postgres: made once, with one role and one database. They are made aside and then
 * renamed, so that a run that is killed meanwhile leaves no half of them behind.
 */
final class PostgresCluster {
  static final String MAJOR_VERSION = "17";
  static final Set<String> PROGRAMS = Set.of("postgres", "initdb");

  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;
  private final Path programs;
  private final Unprivileged unprivileged;
  private final Consumer<String> progress;

  PostgresCluster(
      Path folder, Path programs, Unprivileged unprivileged, Consumer<String> progress) {
    this.folder = folder;
    this.programs = programs;
    this.unprivileged = unprivileged;
    this.progress = progress;
  }

  /**
   * Makes the files if there are none.
   *
   * @throws EmbeddedStoreException if they are of another major version, or cannot be made
   */
  void prepare(String user, String password, String database) throws IOException {
    discardUnfinished();
    if (Files.notExists(folder)) {
      create(user, password, database);
    }
    Path version = folder.resolve("PG_VERSION");
    if (Files.notExists(version) || !Files.readString(version).strip().equals(MAJOR_VERSION)) {
      throw new EmbeddedStoreException(
          folder + " is not data of Postgres " + MAJOR_VERSION,
          Files.notExists(version) ? "PG_VERSION is missing" : "PG_VERSION names another version",
          "use another data folder (--data DIR); dump and restore what is in this one");
    }
    unprivileged.own(folder);
  }

  private void create(String user, String password, String database) throws IOException {
    progress.accept("Creating a Postgres database in " + folder);
    Path unfinished =
        folder.resolveSibling(folder.getFileName() + UNFINISHED + ProcessHandle.current().pid());
    Files.createDirectory(unfinished);
    Folders.makePrivate(unfinished);
    unprivileged.own(unfinished);
    // Collation by code point, the same on every machine; the character classes of C.UTF-8 are
    // what pg_trgm needs to see letters beyond ASCII.
    run(
        unfinished,
        "",
        List.of(
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + user,
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    // The password goes in through standard input: a process list shows no arguments of ours, and
    // no file has to be readable by two users.
    run(
        unfinished,
        """
        ALTER ROLE %s PASSWORD '%s';
        CREATE DATABASE %s;
        """
            .formatted(user, password, database),
        List.of("postgres", "--single", "-D", unfinished.toString(), "postgres"));
    Files.writeString(
        unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    Files.move(unfinished, folder, ATOMIC_MOVE);
  }

  private void run(Path workingFolder, String input, List<String> command) throws IOException {
    var words = new ArrayList<>(command);
    words.set(0, programs.resolve(command.getFirst()).toString());
    var outcome = new Command(unprivileged.wrap(words)).run(workingFolder, input);
    // A single-user Postgres goes on after an error, and ends well.
    if (outcome.exitCode() != 0 || outcome.output().contains("ERROR: ")) {
      throw new EmbeddedStoreException(
          "Postgres could not create its files in " + folder,
          command.getFirst()
              + " ended with "
              + outcome.exitCode()
              + ":\n"
              + outcome.output().strip().indent(4).stripTrailing(),
          "make room on the disk, or install what is named above; then start again");
    }
  }

  private void discardUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(folder.getParent(), folder.getFileName() + UNFINISHED + "*")) {
      for (Path leftover : leftovers) {
        new ServerProgram("initdb", leftover, PROGRAMS, "INT", leftover, progress).kill();
        Folders.delete(leftover);
      }
    }
  }
}
