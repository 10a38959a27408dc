package io.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The processes of one server that live in one folder: those whose program has one of the given
 * names and whose working folder it is. Both servers change into their data folder when they start,
 * so this finds a server without knowing its process id, and never takes a stranger for ours.
 *
 * @param folder absolute, symbolic links resolved
 * @param programs file names, or beginnings of them
 */
record FolderProcesses(Path folder, Set<String> programs) {

  /** All of them, children too. */
  List<ProcessHandle> all() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  /** Those that are nobody's child among them: the ones to send signals to. */
  List<ProcessHandle> leaders() {
    List<ProcessHandle> all = all();
    return all.stream()
        .filter(process -> process.parent().filter(all::contains).isEmpty())
        .toList();
  }

  private boolean isOurs(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      String program = Files.readSymbolicLink(proc.resolve("exe")).getFileName().toString();
      return programs.stream().anyMatch(program::startsWith)
          && Files.readSymbolicLink(proc.resolve("cwd")).equals(folder);
    } catch (IOException e) {
      return false; // ended meanwhile, or another user's: not ours
    }
  }
}
