package io.skein.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of a gateway")
class TimingTest {

  @Test
  @DisplayName("have defaults that fit each other")
  void defaults() {
    GatewayConfig config = GatewayConfig.defaults();
    assertThat(config.tcpPort()).isEqualTo(7000);
    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(new TlsConfig(Path.of("c"), Path.of("k")).httpPort()).isEqualTo(8443);
    Timing timing = config.timing();
    assertThat(timing.tick()).isEqualTo(Duration.ofMillis(300));
    assertThat(timing.grantHeartbeat(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(timing.grantHeartbeat(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(timing.grantHeartbeat(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  @DisplayName("refuse what cannot be, and name it")
  void refusals() {
    assertThatThrownBy(() -> GatewayConfig.defaults().withPorts(70_000, 0))
        .hasMessageContaining("tcpPort");
    assertThatThrownBy(() -> ConnectionLimits.defaults().withMaxInFlight(0))
        .hasMessageContaining("maxInFlight");
  }
}
