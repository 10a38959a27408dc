package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether loads work, not how fast the server is: there are no figures to be met. */
@DisplayName("Each load runs against a real server, finds no fault, and knows what it cost:")
@Timeout(600)
class BenchIT {
  private static final Path FOLDER = Path.of("target", "e2e", "bench").toAbsolutePath();

  private static Path data;
  private static Program server;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(FOLDER);
    data = Files.createTempDirectory(FOLDER, "data-");
    Path log = FOLDER.resolve("server.log");
    Files.deleteIfExists(log);
    server =
        Program.start(
                log,
                List.of(
                    ("dev --http-port 0 --tcp-port 0 --management-port 0 --data " + data)
                        .split(" ")))
            .awaitOutput("./skein chat");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    DataFolder.open(data).destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat --pairs 3 --window 2",
        "chat --pairs 3 --door ws --encoding json",
        "rate --pairs 3 --rate 50 --encoding json",
        "group --members 6 --outstanding 3 --door ws",
        "room --members 6 --senders 2 --rate 20",
        "room --members 6 --senders 1 --rate 20 --channel",
        "mixed --people 8 --group-size 4 --rate 60",
        "login --people 8 --at-once 2",
        "idle --connections 4 --door ws",
        "sync --missed 40 --conversations 2",
        "limits"
      })
  void load(String load) throws Exception {
    Path log = FOLDER.resolve(load.replaceAll("\\W+", "-") + ".log");
    Files.deleteIfExists(log);
    List<String> arguments = new ArrayList<>(List.of("bench"));
    arguments.addAll(List.of(load.split(" ")));
    arguments.addAll(
        List.of("--runs", "1", "--seconds", "1", "--warm-up", "0.3", "--data", data.toString()));
    if (!load.equals("limits")) {
      arguments.add("--no-limits");
    }
    try (Program bench = Program.start(log, arguments)) {
      int exitCode = bench.awaitEnd();
      System.out.println(bench.output());
      assertThat(exitCode).as(bench.lastOutput()).isZero();
      assertThat(bench.output()).contains("median").doesNotContain("unknown", "WARN", "WRONG");
    }
  }
}
