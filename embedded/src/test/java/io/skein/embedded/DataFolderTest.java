package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A data folder")
class DataFolderTest {
  @TempDir Path temporary;

  @Test
  @DisplayName("is open once per process, whatever path leads to it, and again after closing")
  void once() throws Exception {
    Path folder = temporary.resolve("data");
    Path alias = Files.createSymbolicLink(temporary.resolve("alias"), folder);
    try (DataFolder first = DataFolder.open(folder)) {
      assertThatThrownBy(() -> DataFolder.open(alias))
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("The data folder " + first.path() + " is in use");
    }
    DataFolder.open(alias).close();
  }

  @Test
  @DisplayName("and what is secret in it can be read by its owner only")
  void permissions() throws Exception {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      data.secret("password");

      assertThat(permissions(data.path())).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("password"))).isEqualTo("rw-------");
    }
  }

  @Test
  @DisplayName("keeps its passwords, and has other ones than the next folder")
  void secrets() throws Exception {
    String secret;
    try (DataFolder data = DataFolder.open(temporary.resolve("one"))) {
      secret = data.secret("password");
      assertThat(secret).hasSize(32);
      assertThat(data.secret("other")).isNotEqualTo(secret);
    }
    try (DataFolder data = DataFolder.open(temporary.resolve("one"));
        DataFolder other = DataFolder.open(temporary.resolve("two"))) {
      assertThat(data.secret("password")).isEqualTo(secret);
      assertThat(other.secret("password")).isNotEqualTo(secret);
    }
  }

  @Test
  @DisplayName("that cannot be made is an error with its reason")
  void notAFolder() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("Cannot use the data folder")
        .hasMessageContaining("--data DIR");
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
