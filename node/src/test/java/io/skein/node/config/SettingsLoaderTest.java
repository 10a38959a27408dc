package io.skein.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.skein.node.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Reading the configuration")
class SettingsLoaderTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("nothing given: the defaults, and the ports and addresses are the documented ones")
  void defaults() {
    Settings settings = new SettingsLoader(Map.of()).load(Optional.empty(), Map.of());
    assertThat(settings.node().services()).isEqualTo(Set.of(Service.values()));
    assertThat(settings.node().storeTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.node().durability()).isEqualTo(NodeSettings.Durability.REFUSE);
    assertThat(settings.management().host()).isEqualTo("127.0.0.1");
    assertThat(settings.management().port()).isEqualTo(9000);
    assertThat(settings.cluster().host()).isEqualTo("127.0.0.1");
    assertThat(settings.cluster().pingInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.gateway().httpPort()).isEqualTo(8080);
    assertThat(settings.gateway().tcpPort()).isEqualTo(7000);
    assertThat(settings.tokens().keys()).isEmpty();
    assertThat(settings.tokens().refreshTtl()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  @DisplayName("a file sets keys, groups and lists; what it leaves out keeps its default")
  void file() {
    Settings settings =
        load(
            """
            node:
              services: [gateway, session]
            management:
            cluster:
              tls:
                key: /etc/skein/key.pem
            tokens:
              keys:
                - kid: new
                  secret: "0123456789"
                - kid: old
                  algorithm: es256
                  public-key-file: old.pem
            """,
            Map.of());
    assertThat(settings.node().services())
        .containsExactlyInAnyOrder(Service.GATEWAY, Service.SESSION);
    assertThat(settings.cluster().tls().key()).contains("/etc/skein/key.pem");
    assertThat(settings.tokens().keys()).hasSize(2);
    assertThat(settings.tokens().keys().getFirst().secret()).contains("0123456789");
    assertThat(settings.tokens().keys().getLast().algorithm())
        .isEqualTo(TokenKeySettings.Algorithm.ES256);
    assertThat(settings.management().port()).isEqualTo(9000);
  }

  @Test
  @DisplayName("the command line wins over the environment, that over the file")
  void precedence() throws IOException {
    Path file = write("gateway:\n  http-port: 1\n  tcp-port: 1\nmanagement:\n  port: 1\n");
    Settings settings =
        new SettingsLoader(Map.of("SKEIN_GATEWAY_HTTP_PORT", "2", "SKEIN_GATEWAY_TCP_PORT", "2"))
            .load(Optional.of(file), Map.of("gateway.http-port", "3"));
    assertThat(settings.management().port()).isEqualTo(1);
    assertThat(settings.gateway().tcpPort()).isEqualTo(2);
    assertThat(settings.gateway().httpPort()).isEqualTo(3);
  }

  @Test
  @DisplayName("every key can be set in the environment, also in lists")
  void everyKeyHasAVariable() {
    for (SettingKey key : SettingKeys.all()) {
      assertThat(new KeyCheck().byPath(Map.of(key.env(), "x")))
          .containsExactly(Map.entry(key.path().replace("[]", "[0]"), "x"));
    }
    Settings settings =
        load("tokens:\n  keys:\n    - secret: a\n", Map.of("SKEIN_TOKENS_KEYS_1_SECRET", "b"));
    assertThat(settings.tokens().keys().get(1).secret()).contains("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres: {ur: x}           | unknown key postgres.ur; did you mean postgres.uri?",
        "postgers: {uri: x}          | unknown key postgers.uri; did you mean postgres.uri?",
        "tokens: {keys: [{kif: x}]}  | unknown key tokens.keys[0].kif; did you mean tokens.keys[].kid?",
        "node: {drain-timeout: 5}    | node.drain-timeout is '5', but takes a number and a unit",
        "gateway: {http-port: http}  | gateway.http-port is 'http', but takes a whole number",
        "log: {level: loud}          | log.level is 'loud', but takes any of error, warn, info, debug",
        "node: {services: [session, chat]} | node.services is 'session,chat', but takes any of gateway",
        "node: {migrate: maybe}      | node.migrate is 'maybe', but takes any of true, false",
      })
  @DisplayName("a wrong key or value is refused, with what was meant")
  void refused(String yaml, String why) {
    assertThatThrownBy(() -> load(yaml, Map.of()))
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.why()).contains(why));
  }

  @Test
  @DisplayName("an unknown SKEIN_ variable is refused, with what was meant; others are not ours")
  void unknownVariable() {
    assertThatThrownBy(
            () -> load("", Map.of("SKEIN_REDIS_URL", "redis://x", "PATH", "/bin", "SKEINX", "1")))
        .asInstanceOf(type(Problem.class))
        .satisfies(
            problem ->
                assertThat(problem.why())
                    .isEqualTo(
                        "unknown environment variable SKEIN_REDIS_URL;"
                            + " did you mean SKEIN_REDIS_URI?"));
  }

  @Test
  @DisplayName("broken YAML, a key given twice, and a missing file are told as what they are")
  void broken() {
    assertThatThrownBy(() -> load("node: {", Map.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> load("node: {migrate: true, migrate: false}", Map.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("duplicate key migrate");
    assertThatThrownBy(() -> load("only words", Map.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is no YAML");
    assertThatThrownBy(
            () ->
                new SettingsLoader(Map.of())
                    .load(Optional.of(folder.resolve("absent.yml")), Map.of()))
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.remedy()).contains("config init"));
  }

  private Settings load(String yaml, Map<String, String> environment) {
    try {
      return new SettingsLoader(environment).load(Optional.of(write(yaml)), Map.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("skein.yml"), yaml);
  }
}
