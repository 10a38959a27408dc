package io.skein.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.doctor.Finding.Mark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The doctor")
class DoctorTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("names the process that uses a port, and the key to change")
  void portInUse() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Finding finding =
          PortCheck.check("HTTP port", "127.0.0.1", socket.getLocalPort(), "gateway.http-port");
      assertThat(finding.mark()).isEqualTo(Mark.BAD);
      assertThat(finding.text())
          .contains("process " + ProcessHandle.current().pid(), "gateway.http-port");
    }
  }

  @Test
  @DisplayName("finds a free port free")
  void portFree() {
    assertThat(PortCheck.check("p", "127.0.0.1", 0, "k").mark()).isEqualTo(Mark.GOOD);
  }

  @Test
  @DisplayName("judges file limits and memory by what the system says")
  void limits() throws IOException {
    proc("1024", "500000");
    assertThat(new Machine(folder).openFiles().text())
        .contains("only 1024 may be open", "LimitNOFILE");
    assertThat(new Machine(folder).memory().mark()).isEqualTo(Mark.DOUBTFUL);
    proc("1048576", "8000000");
    assertThat(new Machine(folder).openFiles().mark()).isEqualTo(Mark.GOOD);
    assertThat(new Machine(folder).memory().mark()).isEqualTo(Mark.GOOD);
  }

  @Test
  @DisplayName(
      "without a configuration the stores are left out; with one, absent ones are bad news")
  void stores() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Settings settings =
        new SettingsLoader(Map.of())
            .load(
                Optional.empty(),
                Map.of(
                    "postgres.uri", "postgresql://u:hush@127.0.0.1:" + closed + "/d",
                    "redis.uri", "redis://:hush@127.0.0.1:" + closed + "/0"));
    assertThat(new Doctor(settings, Optional.empty(), folder).examine())
        .filteredOn(finding -> finding.name().matches("Postgres|Redis|cluster"))
        .hasSize(3)
        .allMatch(finding -> finding.mark() == Mark.SKIPPED);
    List<Finding> found =
        new Doctor(settings, Optional.of(folder.resolve("skein.yml")), folder).examine();
    assertThat(found)
        .filteredOn(finding -> finding.name().matches("Postgres|Redis"))
        .hasSize(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.mark()).isEqualTo(Mark.BAD);
              assertThat(finding.remedy()).contains("start it");
              assertThat(finding.text()).doesNotContain("hush");
            });
  }

  private void proc(String openFiles, String availableKib) throws IOException {
    Files.createDirectories(folder.resolve("self"));
    Files.writeString(
        folder.resolve("self/limits"),
        "Max open files            %s              1048576              files\n"
            .formatted(openFiles));
    Files.writeString(
        folder.resolve("meminfo"),
        "MemTotal: 1 kB\nMemAvailable:   %s kB\n".formatted(availableKib));
  }
}
