package io.skein.node.dev;

import io.skein.node.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running dev mode is to be found: it leaves a note in its data folder, so that other
 * commands need not be told its ports.
 *
 * @param pid of the process; a note of a dead one does not count
 */
public record DevAddresses(long pid, int http, int tcp, int management) {
  private static final String NAME = "dev.properties";

  public String httpUrl() {
    return "http://127.0.0.1:" + http;
  }

  public String tcpUri() {
    return "tcp://127.0.0.1:" + tcp;
  }

  /** The note of the dev mode that runs on this data folder; empty: none runs. */
  public static Optional<DevAddresses> find(Path data) {
    var note = new Properties();
    try {
      note.load(new StringReader(Files.readString(data.resolve(NAME))));
      var found =
          new DevAddresses(
              number(note, "pid"),
              (int) number(note, "http"),
              (int) number(note, "tcp"),
              (int) number(note, "management"));
      return ProcessHandle.of(found.pid).filter(ProcessHandle::isAlive).map(alive -> found);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // not there, or half written by a process that was killed
    }
  }

  private static long number(Properties note, String name) {
    return Long.parseLong(note.getProperty(name, ""));
  }

  void write(Path data) {
    var note = new Properties();
    note.setProperty("pid", Long.toString(pid));
    note.setProperty("http", Integer.toString(http));
    note.setProperty("tcp", Integer.toString(tcp));
    note.setProperty("management", Integer.toString(management));
    Path complete = data.resolve(NAME + ".new");
    try {
      var text = new StringWriter();
      note.store(text, "Where ./skein dev listens");
      Files.writeString(complete, text.toString());
      Files.move(complete, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Problem("cannot write " + complete, e.toString(), "choose another --data DIR", e);
    }
  }

  static void forget(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }
}
