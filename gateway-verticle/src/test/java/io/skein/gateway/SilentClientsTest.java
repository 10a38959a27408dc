package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.skein.gateway.config.GatewayConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Clients that come and say nothing")
class SilentClientsTest extends GatewayTest {
  private static final int CLIENTS = 10_000;
  private static final int FILES_BESIDES = 1_000;

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults
        .withLimits(defaults.limits().withMaxConnections(CLIENTS + 1))
        .withTiming(new TestTiming().connectDeadline(Duration.ofSeconds(4)).build());
  }

  @Test
  @DisplayName("are freed by the deadline, ten thousand of them, while others are served")
  void areFreed() throws IOException, InterruptedException {
    assumeTrue(
        maxFiles() > CLIENTS + FILES_BESIDES,
        "needs a limit of open files (ulimit -n) above " + (CLIENTS + FILES_BESIDES));
    try (TcpJson alice = json().connect("alice")) {
      Process silent = start();
      try {
        await().atMost(Duration.ofMinutes(1)).until(() -> connections() > CLIENTS / 10);
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> {
                  alice.assertAlive();
                  return !silent.isAlive();
                });
        assertAllEnded(silent);
      } finally {
        silent.destroyForcibly().waitFor();
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> connections() == 1);
    }
    // Were they not forgotten, there would be no room.
    Process again = start();
    try {
      assertThat(again.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertAllEnded(again);
    } finally {
      again.destroyForcibly().waitFor();
    }
  }

  /** In a process of their own: together both ends may be more than one process may open. */
  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            SilentClients.class.getName(),
            Integer.toString(gateway.ports().tcp()),
            Integer.toString(CLIENTS))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void assertAllEnded(Process clients) throws IOException {
    assertThat(clients.inputReader(StandardCharsets.UTF_8).readLine())
        .isEqualTo("ended " + CLIENTS);
  }

  private double connections() {
    return mesh.meters().get("skein_connections").gauge().value();
  }

  private static long maxFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
