package io.skein.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.config.ClusterSettings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.problem.Problem;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cluster's settings")
class ClusterSettingsTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("by default the bus stays on loopback and probes its connections every 5 s")
  void defaults() {
    EventBusOptions options = BusOptions.of(load(Map.of()));
    assertThat(options.getHost()).isEqualTo("127.0.0.1");
    assertThat(options.getClusterPingInterval()).isEqualTo(5_000);
    assertThat(options.getClusterPingReplyInterval()).isEqualTo(5_000);
    assertThat(options.isSsl()).isFalse();
  }

  @Test
  @DisplayName("beyond loopback it needs TLS, or the word that plain text is wanted")
  void openBus() {
    assertThatThrownBy(() -> BusOptions.of(load(Map.of("cluster.host", "0.0.0.0"))))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("can act as any user");
    assertThatCode(
            () ->
                BusOptions.of(
                    load(Map.of("cluster.host", "0.0.0.0", "cluster.allow-plain-text", "true"))))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("TLS is mutual and believes the given authority alone")
  void mutualTls() {
    EventBusOptions options =
        BusOptions.of(
            load(
                Map.of(
                    "cluster.host", "0.0.0.0",
                    "cluster.tls.certificate", "node.pem",
                    "cluster.tls.key", "node.key",
                    "cluster.tls.authority", "ca.pem")));
    assertThat(options.isSsl()).isTrue();
    assertThat(options.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
    assertThat(options.isTrustAll()).isFalse();
    assertThat(options.getTrustOptions()).isNotNull();
    assertThatThrownBy(() -> BusOptions.of(load(Map.of("cluster.tls.certificate", "node.pem"))))
        .hasMessageContaining("cluster.tls.key");
  }

  @Test
  @DisplayName("the file that is named is read; a wrong one is told as such")
  void file() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cluster.xml"),
            """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>ours</cluster-name>
            </hazelcast>
            """);
    assertThat(ClusterFile.read(Optional.of(file.toString()), Optional.empty()).getClusterName())
        .isEqualTo("ours");
    assertThat(
            ClusterFile.read(Optional.empty(), Optional.of(folder.resolve("skein.yml")))
                .getClusterName())
        .isEqualTo("ours");
    Files.writeString(file, "<hazelcast><nonsense/>");
    assertThatThrownBy(() -> ClusterFile.read(Optional.of(file.toString()), Optional.empty()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(file.toString());
  }

  private static ClusterSettings load(Map<String, String> values) {
    return new SettingsLoader(Map.of()).load(Optional.empty(), values).cluster();
  }
}
