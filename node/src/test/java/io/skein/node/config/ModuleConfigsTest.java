package io.skein.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.gateway.config.GatewayConfig;
import io.skein.message.MessageConfig;
import io.skein.node.problem.Problem;
import io.skein.notify.NotifyConfig;
import io.skein.notify.ProviderConfig;
import io.skein.presence.PresenceConfig;
import io.skein.session.SessionConfig;
import io.skein.session.directory.DevicePolicy;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenKey;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings as the modules take them")
class ModuleConfigsTest {
  private static final TokenConfig TOKENS =
      TokenConfig.of(TokenKey.ofSecret("k", "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aRd"));

  @Test
  @DisplayName("with nothing configured they are the modules' own defaults")
  void defaults() {
    ModuleConfigs configs = load(Map.of());
    assertThat(configs.gateway()).isEqualTo(GatewayConfig.defaults());
    assertThat(configs.session()).isEqualTo(SessionConfig.of(TOKENS));
    assertThat(configs.message()).isEqualTo(MessageConfig.defaults());
    assertThat(configs.presence()).isEqualTo(PresenceConfig.DEFAULTS);
    assertThat(configs.notification()).isEqualTo(NotifyConfig.defaults());
  }

  @Test
  @DisplayName("what is configured arrives where it belongs")
  void mapped() {
    ModuleConfigs configs =
        load(
            Map.ofEntries(
                Map.entry("gateway.limits.max-in-flight", "7"),
                Map.entry("gateway.timing.ack-timeout", "3s"),
                Map.entry("gateway.tls.certificate", "c.pem"),
                Map.entry("gateway.tls.key", "k.pem"),
                Map.entry("session.device-policy", "one-per-platform"),
                Map.entry("session.newer-wins", "false"),
                Map.entry("session.limits.per-account", "3"),
                Map.entry("message.lane.max-batch", "9"),
                Map.entry("message.max-members", "11"),
                Map.entry("notify.provider.webhook-url", "https://shop.example/push"),
                Map.entry("notify.provider.webhook-secret", "0123456789abcdef"),
                Map.entry("notify.provider.webhook-timeout", "9s")));
    assertThat(configs.gateway().limits().maxInFlight()).isEqualTo(7);
    assertThat(configs.gateway().timing().ackTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(configs.gateway().tls().orElseThrow().key()).hasToString("k.pem");
    assertThat(configs.session().devicePolicy())
        .isEqualTo(new DevicePolicy(DevicePolicy.Rule.ONE_PER_PLATFORM, false));
    assertThat(configs.session().limits().perAccount()).isEqualTo(3);
    assertThat(configs.message().lane().maxBatch()).isEqualTo(9);
    assertThat(configs.message().maxMembers()).isEqualTo(11);
    assertThat(configs.notification().provider())
        .isEqualTo(
            new ProviderConfig.Webhook(
                URI.create("https://shop.example/push"),
                "0123456789abcdef",
                Duration.ofSeconds(9),
                32,
                false));
    assertThat(configs.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  @DisplayName("a webhook needs a secret")
  void webhook() {
    Map<String, String> url = Map.of("notify.provider.webhook-url", "https://shop.example/push");
    assertThatThrownBy(() -> load(url)).hasMessageContaining("webhook has no secret");
  }

  @Test
  @DisplayName("what a module refuses is told with its section, before anything starts")
  void refused() {
    assertThatThrownBy(() -> load(Map.of("message.lanes", "0")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("settings of message")
        .hasMessageContaining("lanes must be 1 to 64");
    assertThatThrownBy(() -> load(Map.of("gateway.tls.certificate", "c.pem")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("half configured");
  }

  private static ModuleConfigs load(Map<String, String> values) {
    Settings settings = new SettingsLoader(Map.of()).load(Optional.empty(), values);
    return ModuleConfigs.of(settings, TOKENS);
  }
}
