package io.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("After a kill -9 of the process that runs the stores")
class KilledProcessIT {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("data");
  }

  private FolderProcesses inFolder(String name) throws Exception {
    return new FolderProcesses(folder().toRealPath().resolve(name), Set.of(name));
  }

  @AfterEach
  void destroy() {
    DataFolder.open(folder()).destroy();
  }

  @Test
  @DisplayName("the next start ends the orphans and finds all data")
  void recovers() throws Exception {
    try (StoresProcess first = StoresProcess.start(folder())) {
      Sql.execute(first.postgres(), "CREATE TABLE note AS SELECT 'kept'");
      try (var redis = new RedisConnection(first.redis())) {
        redis.call("INCR starts");
      }
      first.kill();
    }
    ProcessHandle postgresOrphan = inFolder("postgres").leaders().getFirst();
    ProcessHandle redisOrphan = inFolder("redis").leaders().getFirst();

    try (StoresProcess second = StoresProcess.start(folder())) {
      // Dead at once; the system's first process takes a moment to collect them.
      await().until(() -> !postgresOrphan.isAlive() && !redisOrphan.isAlive());
      assertThat(second.output())
          .contains("Stopping Postgres (process " + postgresOrphan.pid())
          .contains("Stopping Redis (process " + redisOrphan.pid());
      assertThat(Sql.query(second.postgres(), "SELECT * FROM note")).isEqualTo("kept");
      try (var redis = new RedisConnection(second.redis())) {
        assertThat(redis.call("INCR starts")).isEqualTo(":2");
      }
      assertThat(second.finish()).isZero();
    }
    assertThat(inFolder("postgres").all()).isEmpty();
    assertThat(inFolder("redis").all()).isEmpty();
  }

  @Test
  @DisplayName("and of the servers too, the next start recovers what was committed")
  void recoversFromPowerLoss() throws Exception {
    try (StoresProcess first = StoresProcess.start(folder())) {
      Sql.execute(first.postgres(), "CREATE TABLE note AS SELECT 'kept'");
      first.kill();
    }
    for (String server : new String[] {"postgres", "redis"}) {
      inFolder(server).all().forEach(ProcessHandle::destroyForcibly);
    }

    try (StoresProcess second = StoresProcess.start(folder())) {
      assertThat(Sql.query(second.postgres(), "SELECT * FROM note")).isEqualTo("kept");
      assertThat(second.finish()).isZero();
    }
  }

  @Test
  @DisplayName("but while it lives, a second one on its data is refused and disturbs nothing")
  void refused() throws Exception {
    try (StoresProcess first = StoresProcess.start(folder());
        StoresProcess second = StoresProcess.start(folder())) {
      assertThat(second.postgres()).isNull();
      assertThat(second.output())
          .contains("The data folder " + folder().toRealPath() + " is in use")
          .contains("why: process " + first.pid() + " is running on it")
          .contains("what to do: stop that one first");
      assertThat(Sql.query(first.postgres(), "SELECT 1")).isEqualTo("1");
      assertThat(first.finish()).isZero();
    }
  }
}
