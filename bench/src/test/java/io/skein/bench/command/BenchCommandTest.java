package io.skein.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("./skein bench")
class BenchCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName("measures the limits, and writes them for people and programs")
  void limits() throws Exception {
    Path json = folder.resolve("a.json");
    Path html = folder.resolve("a.html");
    assertThat(run("limits", "--runs", "2", "--json", json.toString(), "--html", html.toString()))
        .isZero();
    assertThat(out.toString()).contains("loopback echoes", "fsyncs", "median");
    assertThat(Files.readString(html)).startsWith("<!doctype html>");

    assertThat(run("compare", json.toString(), json.toString())).isZero();
    assertThat(out.toString()).contains("0 worse, 0 better");
  }

  @Test
  @DisplayName("prints JSON and nothing else if that is asked for")
  void json() {
    assertThat(run("limits", "--runs", "1", "--json", "-")).isZero();
    assertThat(out.toString()).startsWith("{").endsWith("}\n");
  }

  @Test
  @DisplayName("says who cannot be reached")
  void nobodyThere() {
    assertThat(run("chat", "--server", "tcp://127.0.0.1:1", "--no-limits")).isEqualTo(1);
    assertThat(err.toString()).contains("cannot go on", "what to do").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat --pairs 0                 | pairs is 0, but must be 1",
        "chat --encoding xml            | proto or json",
        "rate --rate 0                  | rate is 0",
        "chat --server tls+tcp://here:1 | tcp:// and ws://",
        "compare no-such-file other     | cannot be read",
      })
  @DisplayName("refuses what makes no sense, and says why")
  void misuse(String line, String why) {
    assertThat(run(line.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains(why);
  }

  private int run(String... args) {
    return new CommandLine(new BenchCommand(), new BenchFactory(Surroundings.NONE))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
