package io.skein.node.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A typed line")
class InputTest {

  @Test
  @DisplayName("is a message, without the blanks around it")
  void message() {
    assertThat(Input.of("  hi 你好 👋 ")).isEqualTo(new Input.Say("hi 你好 👋"));
  }

  @Test
  @DisplayName("is a command when it begins with a slash")
  void command() {
    assertThat(Input.of("/With  bob the builder"))
        .isEqualTo(new Input.Command("with", "bob the builder"));
    assertThat(Input.of("/quit")).isEqualTo(new Input.Command("quit", ""));
  }

  @Test
  @DisplayName("is a message with a slash when it begins with two")
  void slash() {
    assertThat(Input.of("//etc/hosts")).isEqualTo(new Input.Say("/etc/hosts"));
  }

  @Test
  @DisplayName("is nothing when there is nothing in it")
  void nothing() {
    assertThat(Input.of(" \t")).isEqualTo(new Input.Nothing());
  }
}
