package io.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a program that refuses to be root, as Postgres does. An ordinary user just runs it.
 * Root runs it in a user namespace where it is nobody, but outside still owns its files; where the
 * system allows no user namespaces, root becomes the user nobody and the folder is given to it.
 *
 * @param prefix the words to put before the command
 * @param uid who has to own the program's files
 */
record Unprivileged(List<String> prefix, int uid) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65_534;

  /** The way for the user of this process. */
  static Unprivileged here() throws IOException {
    int uid = owner(Path.of("/proc/self"));
    if (uid != ROOT) {
      return new Unprivileged(List.of(), uid);
    }
    for (Unprivileged way : List.of(byNamespace(), byUser())) {
      if (new Command(way.wrap(List.of("true"))).succeeds()) {
        return way;
      }
    }
    throw new EmbeddedStoreException(
        "Postgres cannot be started by root here",
        "it refuses to run as root, and neither 'unshare --user' nor 'setpriv' works",
        "start Skein as an ordinary user, or install util-linux, or use a Postgres of your own");
  }

  static Unprivileged byNamespace() {
    return new Unprivileged(List.of("unshare", "--user"), ROOT);
  }

  static Unprivileged byUser() {
    String nobody = Integer.toString(NOBODY);
    return new Unprivileged(
        List.of("setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups"), NOBODY);
  }

  List<String> wrap(List<String> command) {
    var words = new ArrayList<>(prefix);
    words.addAll(command);
    return words;
  }

  /**
   * Makes the program the owner of the folder.
   *
   * @throws EmbeddedStoreException if it then still could not get there
   */
  void own(Path folder) throws IOException {
    if (owner(folder) != uid) {
      Folders.giveTo(folder, uid);
    }
    if (uid == NOBODY) {
      Folders.letOthersEnter(folder.getParent());
    }
    reach(folder);
  }

  /** Checks that the program may enter the folder. */
  void reach(Path folder) throws IOException {
    if (!new Command(wrap(List.of("test", "-x", folder.toString()))).succeeds()) {
      throw new EmbeddedStoreException(
          "Postgres cannot reach " + folder,
          "root may not run it, so it runs as user " + uid + ", who may not enter that folder",
          "choose a data folder outside root's home (--data /var/lib/skein), or start Skein as an"
              + " ordinary user");
    }
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  /** Finds a way when it is needed. */
  interface Choice {
    Unprivileged choose() throws IOException;
  }
}
