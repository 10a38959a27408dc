package io.skein.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.message.MessageConfig;
import io.skein.node.problem.Problem;
import io.skein.session.SessionConfig;
import io.skein.session.directory.DevicePolicy;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenKey;
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
    assertThat(configs.session()).isEqualTo(SessionConfig.of(TOKENS));
    assertThat(configs.message()).isEqualTo(MessageConfig.defaults());
  }

  @Test
  @DisplayName("what is configured arrives where it belongs")
  void mapped() {
    ModuleConfigs configs =
        load(
            Map.of(
                "session.device-policy", "one-per-platform",
                "session.newer-wins", "false",
                "session.limits.per-account", "3",
                "message.lane.max-batch", "9",
                "message.max-members", "11"));
    assertThat(configs.session().devicePolicy())
        .isEqualTo(new DevicePolicy(DevicePolicy.Rule.ONE_PER_PLATFORM, false));
    assertThat(configs.session().limits().perAccount()).isEqualTo(3);
    assertThat(configs.message().lane().maxBatch()).isEqualTo(9);
    assertThat(configs.message().maxMembers()).isEqualTo(11);
  }

  @Test
  @DisplayName("what a module refuses is told with its section, before anything starts")
  void refused() {
    assertThatThrownBy(() -> load(Map.of("message.lanes", "0")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("settings of message")
        .hasMessageContaining("lanes must be 1 to 64");
  }

  private static ModuleConfigs load(Map<String, String> values) {
    Settings settings = new SettingsLoader(Map.of()).load(Optional.empty(), values);
    return ModuleConfigs.of(settings, TOKENS);
  }
}
