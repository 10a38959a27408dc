package io.skein.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Starts and ends one server in its folder. Ending works on whatever runs there, child of this JVM
 * or left behind by an earlier one.
 */
final class ServerProgram {
  private static final Duration START_LIMIT = Duration.ofMinutes(3); // crash recovery included
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final String stopSignal;
  private final FolderProcesses processes;
  private final ServerLog log;
  private final Consumer<String> progress;

  /**
   * @param name as people call it
   * @param folder absolute, symbolic links resolved; the server works in it
   * @param programs how the server's program files are called
   * @param stopSignal what asks for an orderly end without waiting for clients
   */
  ServerProgram(
      String name,
      Path folder,
      Set<String> programs,
      String stopSignal,
      Path log,
      Consumer<String> progress) {
    this.name = name;
    this.stopSignal = stopSignal;
    this.processes = new FolderProcesses(folder, programs);
    this.log = new ServerLog(log);
    this.progress = progress;
  }

  /**
   * Starts the server in a process session of its own and waits until it is ready.
   *
   * @throws PortTakenException if somebody else has its port
   * @throws EmbeddedStoreException if it ends or is not ready in time
   */
  void start(List<String> command, BooleanSupplier ready) throws IOException, PortTakenException {
    var words = new ArrayList<>(List.of("setsid"));
    words.addAll(command);
    log.begin();
    Process process =
        new ProcessBuilder(words)
            .directory(processes.folder().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
            .start();
    boolean decided =
        Waiting.until(
            () -> !process.isAlive() || ready.getAsBoolean(),
            START_LIMIT,
            name + " is starting, or recovering what a crash left",
            progress);
    if (decided && process.isAlive()) {
      return;
    }
    kill();
    if (log.tail().contains("Address already in use")) {
      throw new PortTakenException();
    }
    throw new EmbeddedStoreException(
        name + " did not start",
        (decided ? "it ended; " : "it was not ready in " + START_LIMIT.toSeconds() + " s; ")
            + "its last words:\n"
            + log.tail().indent(4).stripTrailing(),
        "read " + log.file() + "; a missing library or folder is named there");
  }

  /** Ends what an earlier run left behind, if anything. */
  void endOrphans() throws IOException {
    List<ProcessHandle> orphans = processes.leaders();
    if (!orphans.isEmpty()) {
      progress.accept(
          "Stopping %s (process %s), left behind by a run that was killed"
              .formatted(name, orphans.getFirst().pid()));
      stop();
    }
  }

  boolean isRunning() {
    return !processes.all().isEmpty();
  }

  /** Ends the server in order; if that takes longer than half a minute, by force. */
  void stop() throws IOException {
    for (ProcessHandle leader : processes.leaders()) {
      signal(leader, stopSignal);
    }
    if (!Waiting.until(() -> !isRunning(), STOP_LIMIT, name + " is stopping", progress)) {
      progress.accept(name + " does not stop; killing it");
      kill();
    }
  }

  /** Ends the server at once, as a crash would. */
  void kill() {
    boolean gone =
        Waiting.until(
            () -> {
              List<ProcessHandle> running = processes.all();
              running.forEach(ProcessHandle::destroyForcibly);
              return running.isEmpty();
            },
            KILL_LIMIT,
            "Killing " + name,
            progress);
    if (!gone) {
      throw new EmbeddedStoreException(
          name + " cannot be killed",
          "process " + processes.all() + " is still there",
          "it probably hangs in a disk that does not answer: look at the kernel's log");
    }
  }

  private static void signal(ProcessHandle process, String signal) throws IOException {
    // The shell's own 'kill' is always there; the JVM itself can only send TERM and KILL.
    Command.of("sh", "-c", "kill -s " + signal + " " + process.pid()).run(Path.of("/"), "");
  }

  /** Another process listens on the port that was chosen. */
  static final class PortTakenException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
