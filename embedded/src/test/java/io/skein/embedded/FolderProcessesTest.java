package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is found gets signals, so what must not be found is tested here, where nobody signals.
 */
@DisplayName("The processes of a folder")
class FolderProcessesTest {
  private static final Set<String> PROGRAM = Set.of("sleep");

  @TempDir Path temporary;

  private Path ours;
  private Path other;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    Path sleep = Files.copy(Path.of("/bin/sleep").toRealPath(), temporary.resolve("sleep-1.0"));
    ours = Files.createDirectory(temporary.toRealPath().resolve("ours"));
    other = Files.createDirectory(ours.resolve("other"));
    process = new ProcessBuilder(sleep.toString(), "600").directory(ours.toFile()).start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  @DisplayName("are those that run one of its programs and work in it")
  void found() {
    assertThat(new FolderProcesses(ours, PROGRAM).all()).isEqualTo(List.of(process.toHandle()));
    assertThat(new FolderProcesses(ours, PROGRAM).leaders()).isEqualTo(List.of(process.toHandle()));
  }

  @Test
  @DisplayName("are not those of the same program in another folder")
  void otherFolder() {
    assertThat(new FolderProcesses(other, PROGRAM).all()).isEmpty();
    assertThat(new FolderProcesses(ours.getParent(), PROGRAM).all()).isEmpty();
  }

  @Test
  @DisplayName("are not those of another program in the same folder")
  void otherProgram() {
    assertThat(new FolderProcesses(ours, Set.of("postgres", "redis-server")).all()).isEmpty();
  }

  @Test
  @DisplayName("are none once they have ended")
  void ended() throws Exception {
    process.destroyForcibly().waitFor();

    assertThat(new FolderProcesses(ours, PROGRAM).all()).isEmpty();
  }
}
