package io.skein.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tokens from the command line")
class TokenCommandTest {
  private static final String SECRET = "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aRd";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName("a user's token is signed with the dev key, and alone on standard output")
  void devKey() throws IOException {
    Files.writeString(folder.resolve("signing.key"), SECRET);
    Instant before = Instant.now();
    assertThat(run("token", "alice", "--ttl", "1h", "--data", folder.toString())).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    JsonObject claims = part(1);
    assertThat(claims.getString("sub")).isEqualTo("alice");
    assertThat(Instant.ofEpochSecond(claims.getLong("exp")))
        .isBetween(before.plusSeconds(3_595), before.plusSeconds(3_605));
    assertThat(part(0).getString("kid")).isEqualTo("dev");
    assertThat(part(0).getString("alg")).isEqualTo("HS256");
  }

  @Test
  @DisplayName("a named configuration's key signs; a service token carries name and scopes")
  void configuredKey() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("skein.yml"),
            "tokens:\n  keys:\n    - kid: k7\n      secret: " + SECRET + "\n");
    assertThat(
            run(
                "admin",
                "token",
                "--name",
                "shop",
                "--scopes",
                "messages,accounts",
                "-c",
                file.toString()))
        .isZero();
    assertThat(part(0).getString("kid")).isEqualTo("k7");
    assertThat(part(1).getString("sub")).isEqualTo("shop");
    assertThat(part(1).toString()).contains("messages accounts");
  }

  @Test
  @DisplayName("without any key, and for an id or a time that cannot be, it says what to do")
  void refused() throws IOException {
    assertThat(run("token", "alice", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("start ./skein dev once");
    Files.writeString(folder.resolve("signing.key"), SECRET);
    assertThat(run("token", "a\u0007b", "--data", folder.toString())).isEqualTo(1);
    assertThat(run("token", "alice", "--ttl", "1", "--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("write a number and a unit");
    assertThat(out.toString()).isEmpty();
  }

  private JsonObject part(int number) {
    String part = out.toString().strip().split("\\.", -1)[number];
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }

  private int run(String... args) {
    return SkeinCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
