package io.skein.node.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What dev mode leaves in its data folder")
class DevKeyTest {
  @TempDir private Path data;

  @Test
  @DisplayName("the signing key is random, kept, and for its owner's eyes only")
  void key() throws IOException {
    DevKey key = new DevKey(data);
    assertThat(key.makeIfAbsent()).isEqualTo(key.makeIfAbsent()).isEqualTo(key.read());
    Path file = data.resolve("signing.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).hasSize(64);
    Path other = Files.createDirectory(data.resolve("other"));
    assertThat(new DevKey(other).makeIfAbsent().keys())
        .isNotEqualTo(new DevKey(data).read().keys());
  }

  @Test
  @DisplayName("its addresses are found while its process lives, and not after")
  void addresses() throws IOException {
    var here = new DevAddresses(ProcessHandle.current().pid(), 8080, 7000, 9000);
    here.write(data);
    assertThat(DevAddresses.find(data)).contains(here);
    new DevAddresses(Integer.MAX_VALUE, 8080, 7000, 9000).write(data);
    assertThat(DevAddresses.find(data)).isEmpty();
    here.write(data);
    DevAddresses.forget(data);
    assertThat(DevAddresses.find(data)).isEmpty();
  }
}
