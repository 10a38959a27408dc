package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root can become anybody, so these need root; an ordinary user has seen his case elsewhere. */
@DisplayName("The stores under other users")
class UsersIT {
  private Path open;

  @BeforeEach
  void onlyRoot() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"),
        "skipped: only root can run the stores as another user");
    // JUnit's temporary folders are closed to other users.
    open = Files.createTempDirectory("skein-users-");
    Folders.letOthersEnter(open);
  }

  @AfterEach
  void delete() throws Exception {
    if (open != null) {
      Folders.delete(open);
    }
  }

  @Test
  @DisplayName("an ordinary user runs both, with all files his own")
  void ordinaryUser() throws Exception {
    Unprivileged nobody = Unprivileged.byUser();
    Path home = Files.createDirectory(open.resolve("home"));
    nobody.own(home);
    var command = new ArrayList<>(nobody.prefix());
    command.addAll(List.of("env", "XDG_CACHE_HOME=" + home.resolve("cache")));

    try (StoresProcess process =
        StoresProcess.start(command, readableClassPath(), home.resolve("data"))) {
      assertThat(process.output()).contains("Unpacking Postgres", "Unpacking Redis", "ready");
      assertThat(Sql.query(process.postgres(), "SELECT 1")).isEqualTo("1");
      assertThat(process.finish()).isZero();
    }
    try (var files = Files.walk(home)) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                      .as(file.toString())
                      .isEqualTo(nobody.uid()));
    }
  }

  @Test
  @DisplayName("root without user namespaces runs Postgres as nobody, and back, on the same data")
  void rootWithoutNamespaces() throws Exception {
    DataFolder data = DataFolder.open(open.resolve("data"));
    try {
      for (Unprivileged way :
          List.of(Unprivileged.byNamespace(), Unprivileged.byUser(), Unprivileged.byNamespace())) {
        assumeTrue(
            new Command(way.wrap(List.of("true"))).succeeds(),
            () -> "skipped: this machine does not allow " + way.prefix());
        try (var server = new PostgresServer(data, 0, line -> {}, () -> way)) {
          PostgresAddress address = server.start();
          Sql.execute(address, "CREATE TABLE IF NOT EXISTS note (id int)");
          Sql.execute(address, "INSERT INTO note VALUES (1)");
          if (way.equals(Unprivileged.byUser())) {
            assertThat(Sql.query(address, "SELECT count(*) FROM note")).isEqualTo("2");
          }
        }
      }
    } finally {
      data.destroy();
    }
  }

  @Test
  @DisplayName("data where nobody may not go is an error that says so")
  void unreachable() throws Exception {
    Path closed = Files.createDirectory(open.resolve("closed"));
    Folders.makePrivate(closed);
    DataFolder data = DataFolder.open(closed.resolve("data"));
    try (data) {
      var server = new PostgresServer(data, 0, line -> {}, Unprivileged::byUser);
      assertThatThrownBy(server::start)
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("Postgres cannot reach")
          .hasMessageContaining("--data /var/lib/skein");
    }
  }

  /** Copies of what this JVM runs, in a place that anybody may read. */
  private String readableClassPath() throws Exception {
    var copies = new ArrayList<String>();
    for (Path source :
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .map(Path::of)
            .filter(Files::exists)
            .toList()) {
      Path copy = open.resolve("class-path").resolve(Integer.toString(copies.size()));
      copy(source, copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path source, Path target) throws Exception {
    Files.createDirectories(target.getParent());
    try (var paths = Files.walk(source)) {
      for (Path path : paths.sorted(Comparator.naturalOrder()).toList()) {
        Files.copy(path, target.resolve(source.relativize(path).toString()));
      }
    }
  }
}
