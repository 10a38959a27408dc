package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Two people in two terminals")
@Timeout(600)
class ChatIT {
  private static final Path FOLDER = Path.of("target", "e2e", "chat").toAbsolutePath();

  private static Path data;
  private static Program server;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(FOLDER);
    data = Files.createTempDirectory(FOLDER, "data-");
    server = startServer("server-1");
  }

  private static Program startServer(String name) throws IOException {
    Path log = FOLDER.resolve(name + ".log");
    Files.deleteIfExists(log);
    return Program.start(
            log,
            List.of(
                "dev",
                "--data",
                data.toString(),
                "--http-port",
                "0",
                "--tcp-port",
                "0",
                "--management-port",
                "0"))
        .awaitOutput("./skein chat");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static Program chat(String name, String... more) throws IOException {
    Path log = FOLDER.resolve(name + ".log");
    Files.deleteIfExists(log);
    List<String> arguments = new ArrayList<>(List.of("chat", "--data", data.toString()));
    arguments.addAll(List.of(more));
    return Program.start(log, arguments);
  }

  @Test
  @DisplayName("talk, in Chinese and with emoji, and find it all again after a restart")
  void talk() throws Exception {
    try (Program alice = chat("alice", "--as", "alice", "--with", "bob");
        Program bob = chat("bob", "--as", "bob", "--with", "alice")) {
      alice.awaitOutput("You are alice");
      bob.awaitOutput("You are bob");
      alice.type("hi 你好 👋");
      bob.awaitOutput("alice: hi 你好 👋");
      alice.awaitOutput("✓✓ read");
      bob.type("//slashes and 再见");
      alice.awaitOutput("bob: /slashes and 再见");
      alice.type("/who");
      alice.awaitOutput("bob is online");
      bob.type("/quit");
      assertThat(bob.awaitEnd()).isZero();
      alice.awaitOutput("bob has gone");
    }

    server.close();
    server = startServer("server-2");

    try (Program alice = chat("alice-again", "--as", "alice", "--with", "bob")) {
      alice.awaitOutput("you: hi 你好 👋").awaitOutput("bob: /slashes and 再见");
    }
  }

  @Test
  @DisplayName("can be one that is piped in, which waits until all is sent")
  void piped() throws Exception {
    try (Program alice = chat("piped", "--as", "alice", "--with", "alice")) {
      alice.type("note 1");
      alice.type("note 2");
      alice.type("/nonsense");
      alice.endInput();
      assertThat(alice.awaitEnd()).isZero();
      assertThat(alice.output()).contains("you: note 1", "you: note 2", "There is no /nonsense");
    }
  }

  @Test
  @DisplayName("are told clearly when there is nobody of that name, or no server")
  void clearErrors() throws Exception {
    try (Program alice = chat("nobody", "--as", "alice", "--with", "nobody-of-this-name")) {
      alice.type("hello?");
      alice.awaitOutput("✗ not sent: hello?").awaitOutput("no such user");
    }
    try (Program alice =
        chat(
            "no-server",
            "--as",
            "alice",
            "--server",
            "tcp://127.0.0.1:" + Ports.free(1).getFirst())) {
      await().atMost(Duration.ofSeconds(90)).until(() -> !alice.isAlive());
      assertThat(alice.awaitEnd()).isEqualTo(1);
      assertThat(alice.output()).contains("Nobody answers at");
    }
  }
}
