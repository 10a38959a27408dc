package io.skein.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file and the tables made from the keys")
class FileTemplateTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("a fresh file is valid, has a strong secret, and never the same one twice")
  void freshFile() throws IOException {
    Settings settings = load(FileTemplate.fresh());
    assertThatCode(() -> SecretCheck.check(settings)).doesNotThrowAnyException();
    assertThat(settings.tokens().keys().getFirst().secret())
        .isNotEqualTo(load(FileTemplate.fresh()).tokens().keys().getFirst().secret());
  }

  @Test
  @DisplayName("it mentions every key, and stays valid with every default uncommented")
  void uncommented() throws IOException {
    String file = FileTemplate.fresh();
    assertThat(SettingKeys.all())
        .allSatisfy(
            key -> {
              String name = key.path().substring(key.path().lastIndexOf('.') + 1);
              assertThat(file).containsPattern("[ #]" + name + ": ");
              assertThat(KeyTable.markdown())
                  .contains("`" + key.path() + "`", "`" + key.env() + "`");
            });
    assertThatCode(() -> load(file.replaceAll("(?m)^( *)#(?! )", "$1"))).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("no secret is ever printed among the effective values")
  void masked() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("skein.yml"),
            """
            postgres: {uri: "postgresql://u:hush-1@h/d", password: hush-2}
            redis: {uri: "redis://:hush-3@h", password: hush-4}
            tokens: {keys: [{secret: hush-5}]}
            """);
    List<EffectiveValues.Value> values =
        EffectiveValues.of(Optional.of(file), Map.of("SKEIN_LOG_LEVEL", "debug"));
    assertThat(values.toString()).doesNotContain("hush");
    assertThat(values)
        .contains(
            new EffectiveValues.Value("SKEIN_LOG_LEVEL", "debug", "environment"),
            new EffectiveValues.Value("SKEIN_TOKENS_KEYS_0_SECRET", "***", file.toString()),
            new EffectiveValues.Value("SKEIN_MANAGEMENT_PORT", "9000", "default"));
  }

  private Settings load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("skein.yml"), yaml);
    return new SettingsLoader(Map.of()).load(Optional.of(file), Map.of());
  }
}
