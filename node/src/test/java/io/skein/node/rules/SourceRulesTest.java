package io.skein.node.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What every source file keeps to")
class SourceRulesTest {

  private static final int LONGEST = 400;
  private static final int MEDIAN = 120;

  private final SourceTree tree = SourceTree.find();

  @Test
  @DisplayName("no main file is longer than 400 lines, and half of them are around 100 or shorter")
  void filesStayShort() {
    List<Path> files = tree.mainFiles();
    assertThat(files)
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(SourceTree.lines(file).size())
                    .as("lines of %s", file)
                    .isLessThanOrEqualTo(LONGEST));
    int[] lengths =
        files.stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .mapToInt(file -> SourceTree.lines(file).size())
            .sorted()
            .toArray();
    int median = lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    assertThat(median).as("median number of lines").isLessThanOrEqualTo(MEDIAN);
  }

  @Test
  @DisplayName("every package says what lives in it and why")
  void packagesExplainThemselves() {
    assertThat(tree.mainFiles().stream().map(Path::getParent).distinct())
        .isNotEmpty()
        .allMatch(
            folder -> Files.exists(folder.resolve("package-info.java")), "has a package-info");
  }

  @Test
  @DisplayName("no test sleeps: it waits for what it wants to see, or moves a clock")
  void noTestSleeps() {
    String forbidden = "Thread" + ".sleep(";
    assertThat(tree.testFiles())
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(SourceTree.lines(file))
                    .as(file.toString())
                    .noneMatch(line -> line.contains(forbidden)));
  }
}
