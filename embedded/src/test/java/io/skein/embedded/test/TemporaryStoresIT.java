package io.skein.embedded.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Temporary stores of tests")
class TemporaryStoresIT {
  @TempDir Path temporary;

  @Test
  @DisplayName("of a test process that was killed are removed by the next one")
  void reaped() throws Exception {
    run(List.of("kill")).waitFor();
    assertThat(folders()).hasSize(1);
    List<ProcessHandle> orphans = processesBelow(temporary);
    assertThat(orphans).isNotEmpty();

    run(List.of("exit")).waitFor();

    assertThat(folders()).isEmpty();
    assertThat(processesBelow(temporary)).isEmpty();
  }

  @Test
  @DisplayName("can be killed by the test that owns them, and are gone when closed")
  void own() throws Exception {
    try (var stores = new OwnStores()) {
      var address = stores.postgres().start();
      stores.postgres().kill();
      assertThat(stores.postgres().start()).isEqualTo(address);
      assertThat(Sql.query(address, "SELECT 1")).isEqualTo("1");
      stores.redis().start();
    }
    try (var stores = new OwnStores()) {
      assertThat(stores.postgres().isRunning()).isFalse();
    }
  }

  private Process run(List<String> arguments) throws IOException {
    return new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName()),
                    arguments.stream())
                .toList())
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("output").toFile())
        .start();
  }

  private List<Path> folders() throws IOException {
    Path base = temporary.resolve("skein-test-" + System.getProperty("user.name"));
    try (var folders = Files.list(base)) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  private static List<ProcessHandle> processesBelow(Path folder) throws IOException {
    Path real = folder.toRealPath();
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              try {
                return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(real);
              } catch (IOException e) {
                return false;
              }
            })
        .toList();
  }

  /** A test process: it uses the shared stores, and then ends in order or not. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      TestPostgres.emptyDatabase();
      TestRedis.database();
      if (arguments[0].equals("kill")) {
        Runtime.getRuntime().halt(137); // as after kill -9, no shutdown hook runs
      }
    }
  }
}
