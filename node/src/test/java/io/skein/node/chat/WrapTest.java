package io.skein.node.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A long line in the terminal")
class WrapTest {

  @Test
  @DisplayName("is broken between words, and indented")
  void words() {
    assertThat(wrapped(20, "08:05 bob: the quick brown fox jumps over"))
        .isEqualTo("08:05 bob: the quick\n      brown fox\n      jumps over");
  }

  @Test
  @DisplayName("stays as it is if it fits")
  void fits() {
    assertThat(wrapped(20, "08:05 bob: hi")).isEqualTo("08:05 bob: hi");
  }

  @Test
  @DisplayName("of ideographs is broken by their columns, without a mark at a line's beginning")
  void ideographs() {
    String broken = wrapped(20, "08:05 bob: 我们明天早上八点在学校门口见面。好吗");
    assertThat(broken.lines())
        .allSatisfy(line -> assertThat(new AttributedString(line).columnLength()).isBetween(8, 20))
        .noneMatch(line -> line.strip().startsWith("。"));
    assertThat(broken.replace("\n" + Wrap.INDENT, "")).isEqualTo("08:05 bob: 我们明天早上八点在学校门口见面。好吗");
  }

  @Test
  @DisplayName("that is one word is broken where it has to be, and nothing is lost")
  void longWord() {
    String broken = wrapped(20, "bob: " + "x".repeat(50));
    assertThat(broken.lines()).allMatch(line -> line.length() <= 20);
    assertThat(broken.replace("\n" + Wrap.INDENT, "").replace(" ", ""))
        .isEqualTo("bob:" + "x".repeat(50));
  }

  @Test
  @DisplayName("keeps the line ends that it has")
  void lineEnds() {
    assertThat(wrapped(20, "bob: one\n      two\n      three and four and five"))
        .isEqualTo("bob: one\n      two\n      three and four\n      and five");
  }

  @Test
  @DisplayName("keeps its colours")
  void colours() {
    AttributedString text =
        new AttributedStringBuilder()
            .append("bob: one two three ")
            .styled(AttributedStyle.BOLD, "bold words at the end")
            .toAttributedString();
    AttributedString wrapped = Wrap.at(20, text);
    assertThat(wrapped.styleAt(wrapped.length() - 1)).isEqualTo(AttributedStyle.BOLD);
    assertThat(wrapped.styleAt(0)).isEqualTo(AttributedStyle.DEFAULT);
  }

  private static String wrapped(int columns, String text) {
    return Wrap.at(columns, new AttributedString(text)).toString();
  }
}
