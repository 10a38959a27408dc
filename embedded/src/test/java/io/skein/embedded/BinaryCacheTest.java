package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cache of programs")
class BinaryCacheTest {
  private static final String RESOURCE = "/logback-test.xml";

  @TempDir Path root;

  private final List<String> progress = new ArrayList<>();

  @Test
  @DisplayName("unpacks once for many that ask at the same time")
  void once() throws Exception {
    var unpacked = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<Path> task =
          () ->
              new BinaryCache(root, line -> {})
                  .provide(
                      "Thing",
                      RESOURCE,
                      (packed, folder) -> {
                        unpacked.incrementAndGet();
                        Files.copy(packed, folder.resolve("program"));
                      });
      var folders = new HashSet<Path>();
      for (Future<Path> result : threads.invokeAll(List.of(task, task, task, task, task, task))) {
        folders.add(result.get());
      }
      assertThat(folders).hasSize(1);
      assertThat(folders.iterator().next().resolve("program")).isNotEmptyFile();
    }
    assertThat(unpacked).hasValue(1);
  }

  @Test
  @DisplayName("shows no half of a program, and unpacks it anew after a failure")
  void allOrNothing() throws Exception {
    var cache = new BinaryCache(root, progress::add);
    assertThatThrownBy(
            () ->
                cache.provide(
                    "Thing",
                    RESOURCE,
                    (packed, folder) -> {
                      Files.writeString(folder.resolve("half"), "");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    Path folder =
        cache.provide(
            "Thing", RESOURCE, (packed, target) -> Files.copy(packed, target.resolve("whole")));

    assertThat(folder).isDirectoryNotContaining("glob:**/half");
    assertThat(progress).hasSize(2).allMatch(line -> line.startsWith("Unpacking Thing"));
  }

  @Test
  @DisplayName("says that there is nothing for this machine")
  void absent() {
    assertThatThrownBy(
            () -> new BinaryCache(root, progress::add).provide("Thing", "/none", (p, f) -> {}))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("There is no embedded Thing");
  }
}
