package io.skein.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("The command line")
class SkeinCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokne            | did you mean token?",
        "config chekc     | did you mean check?",
        "config --debgu   | did you mean --debug?",
        "version --colour | has no option --colour",
        "help confg       | did you mean config?",
      })
  @DisplayName("a mistyped command or option is answered with the nearest, and a failing exit code")
  void mistyped(String line, String hint) {
    assertThat(run(line.split(" "))).isNotZero();
    assertThat(err.toString()).contains(hint).doesNotContain("Exception", "\tat ");
  }

  @Test
  @DisplayName("every command explains itself")
  void help() {
    CommandLine root = SkeinCommand.commandLine();
    assertThat(root.getSubcommands().keySet())
        .allSatisfy(name -> assertThat(run(name, "--help")).as(name).isZero());
  }

  @Test
  @DisplayName("config init writes a file that only its owner can read, once, and check accepts it")
  void configInit() throws Exception {
    Path file = folder.resolve("skein.yml");
    assertThat(run("config", "init", file.toString())).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("config", "check", "-c", file.toString())).isZero();
    String before = Files.readString(file);
    assertThat(run("config", "init", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("exists already", "what to do");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  @DisplayName("config check finds what a module would refuse at the start")
  void configCheck() throws Exception {
    Path file = folder.resolve("skein.yml");
    run("config", "init", file.toString());
    Files.writeString(file, Files.readString(file).replace("message:\n", "message:\n  lanes: 0\n"));
    assertThat(run("config", "check", "-c", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("settings of message", "lanes must be 1 to 64");
  }

  @Test
  @DisplayName("a stack trace is shown only when asked for")
  void debug() {
    String absent = folder.resolve("absent.yml").toString();
    assertThat(run("config", "check", "-c", absent)).isEqualTo(1);
    assertThat(err.toString()).contains("why:", "what to do:").doesNotContain("\tat ");
    run("config", "check", "--debug", "-c", absent);
    assertThat(err.toString()).contains("\tat ");
  }

  private int run(String... args) {
    return SkeinCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
