package io.skein.node.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.config.NodeSettings.Durability;
import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The stores' addresses, and whether Postgres keeps what it commits")
class AddressesTest {

  @Test
  @DisplayName("all parts are read, escapes in the password too; a setting of its own wins")
  void parts() {
    assertThat(postgres("postgresql://u:p%40ss+@db.example:6543/skein"))
        .isEqualTo(new PostgresUri("db.example", 6543, "skein", "u", "p@ss+"));
    assertThat(postgres("postgres://db/d"))
        .isEqualTo(new PostgresUri("db", 5432, "d", "postgres", ""));
    Settings settings =
        load(Map.of("postgres.uri", "postgresql://u:old@h/d", "postgres.password", "new"));
    assertThat(PostgresUri.of(settings.postgres()).password()).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"db", "http://u:hush@h/d", "postgresql://u:hush@h", "postgresql://u:hu sh@h/d"})
  @DisplayName("what is no address is refused, without the password")
  void wrong(String uri) {
    assertThatThrownBy(() -> postgres(uri))
        .isInstanceOf(Problem.class)
        .hasMessageNotContaining("hush")
        .hasNoCause();
    assertThatThrownBy(() -> new RedisProbe(load(Map.of("redis.uri", uri)).redis()))
        .isInstanceOf(Problem.class)
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  @DisplayName("no password is in what gets logged")
  void hidden() {
    assertThat(postgres("postgresql://u:hush@h/d").toString()).doesNotContain("hush");
    assertThat(new RedisProbe(load(Map.of("redis.uri", "redis://:hush@h/1")).redis()).toString())
        .isEqualTo("redis://h:6379/1");
  }

  @Test
  @DisplayName("a Postgres that may forget commits is refused, or warned about if so configured")
  void durability() {
    List<String> weak = List.of("fsync is off");
    List<String> warnings = new ArrayList<>();
    assertThatThrownBy(() -> Durable.judge(weak, Durability.REFUSE, warnings::add))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("fsync is off");
    assertThat(warnings).isEmpty();
    Durable.judge(weak, Durability.WARN, warnings::add);
    assertThat(warnings).hasSize(1);
    assertThatCode(() -> Durable.judge(List.of(), Durability.REFUSE, warnings::add))
        .doesNotThrowAnyException();
  }

  private static PostgresUri postgres(String uri) {
    return PostgresUri.of(load(Map.of("postgres.uri", uri)).postgres());
  }

  private static Settings load(Map<String, String> values) {
    return new SettingsLoader(Map.of()).load(Optional.empty(), values);
  }
}
