package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("The embedded servers")
class ServersIT {
  private static final Consumer<String> PROGRESS = LoggerFactory.getLogger(ServersIT.class)::info;

  @TempDir Path folder;

  private DataFolder data;

  @BeforeEach
  void open() {
    data = DataFolder.open(folder.resolve("data with a space"));
  }

  @AfterEach
  void destroy() {
    data.destroy();
  }

  private PostgresServer postgres() {
    return new PostgresServer(data, 0, PROGRESS);
  }

  private RedisServer redis() {
    return new RedisServer(data, 0, PROGRESS);
  }

  @Test
  @DisplayName("Postgres comes back on its port with what was committed, stopped or killed")
  void postgresRestarts() throws Exception {
    try (PostgresServer server = postgres()) {
      PostgresAddress address = server.start();
      Sql.execute(address, "CREATE TABLE note (id int)");
      for (Runnable end : List.<Runnable>of(server::stop, server::kill)) {
        Sql.execute(address, "INSERT INTO note VALUES (1)");
        end.run();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.start()).isEqualTo(address);
      }
      assertThat(Sql.query(address, "SELECT count(*) FROM note")).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("Redis comes back on its port with its keys, stopped or killed")
  void redisRestarts() throws Exception {
    try (RedisServer server = redis()) {
      RedisAddress address = server.start();
      for (Runnable end : List.<Runnable>of(server::stop, server::kill)) {
        try (var connection = new RedisConnection(address)) {
          connection.call("INCR starts");
        }
        end.run();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.start()).isEqualTo(address);
      }
      try (var connection = new RedisConnection(address)) {
        assertThat(connection.call("INCR starts")).isEqualTo(":3");
      }
    }
  }

  @Test
  @DisplayName("stop while clients are connected does not wait for them, and leaves no process")
  void stopLeavesNothing() throws Exception {
    PostgresServer server = postgres();
    PostgresAddress address = server.start();
    try (var client = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties())) {
      client.setAutoCommit(false);
      client.createStatement().execute("CREATE TABLE open_transaction ()");
      long start = System.nanoTime();
      server.close();
      assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }
    assertThat(new FolderProcesses(data.resolve("postgres"), Set.of("")).all()).isEmpty();
    assertThat(data.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  @DisplayName("both run in a process session of their own, so that Ctrl-C does not reach them")
  void ownSession() throws Exception {
    try (PostgresServer postgres = postgres();
        RedisServer redis = redis()) {
      postgres.start();
      redis.start();
      for (String server : List.of("postgres", "redis")) {
        ProcessHandle leader =
            new FolderProcesses(data.resolve(server), Set.of(server)).leaders().getFirst();
        String stat = Files.readString(Path.of("/proc/" + leader.pid() + "/stat"));
        var fields = new Scanner(stat.substring(stat.lastIndexOf(')') + 1)).tokens().toList();
        assertThat(fields.get(3)).as("session of " + server).isEqualTo(Long.toString(leader.pid()));
      }
    }
  }

  @Test
  @DisplayName("a stale pid file that names a stranger stops nobody: not us, and not the stranger")
  void stalePidFile() throws Exception {
    PostgresServer postgres = postgres();
    RedisServer redis = redis();
    postgres.start();
    redis.start();
    Path postgresPid = data.resolve("postgres").resolve("postmaster.pid");
    Path redisPid = data.resolve("redis").resolve("redis.pid");
    String pidFile = Files.readString(postgresPid);
    postgres.kill();
    redis.kill();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try (postgres;
        redis) {
      String pid = Long.toString(stranger.pid());
      Files.writeString(postgresPid, pidFile.replaceFirst("^\\d+", pid));
      Files.writeString(redisPid, pid + "\n");

      assertThat(Sql.query(postgres.start(), "SELECT 1")).isEqualTo("1");
      try (var connection = new RedisConnection(redis.start())) {
        assertThat(connection.call("PING")).isEqualTo("+PONG");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  @DisplayName("a given port that is taken is an error that names it")
  void portTaken() throws Exception {
    try (var other = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(new RedisServer(data, port, line -> {})::start)
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("another program listens on port " + port);
      assertThatThrownBy(new PostgresServer(data, port, line -> {})::start)
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("another program listens on port " + port);
    }
  }

  @Test
  @DisplayName("data of another Postgres version is refused, not touched")
  void otherVersion() throws Exception {
    Path version = Files.createDirectory(data.resolve("postgres")).resolve("PG_VERSION");
    Files.writeString(version, "16\n");

    assertThatThrownBy(postgres()::start)
        .isInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("is not data of Postgres 17");
    assertThat(version).hasContent("16");
  }

  @Test
  @DisplayName("a server that cannot start says why, in its own words")
  void lastWords() throws Exception {
    try (RedisServer server = redis()) {
      server.start();
      server.stop();
      Files.writeString(data.resolve("redis").resolve("appendonly.aof"), "nonsense");

      assertThatThrownBy(server::start)
          .isInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("Redis did not start")
          .hasMessageContaining("Bad file format");
    }
  }

  @Test
  @DisplayName("a database that was being made when the run was killed is made anew")
  void unfinished() throws Exception {
    Path leftover = Files.createDirectory(data.resolve("postgres.unfinished-1"));
    Files.writeString(leftover.resolve("PG_VERSION"), "17\n");

    try (PostgresServer server = postgres()) {
      assertThat(Sql.query(server.start(), "SELECT current_database()")).isEqualTo("skein");
    }
    assertThat(leftover).doesNotExist();
  }
}
