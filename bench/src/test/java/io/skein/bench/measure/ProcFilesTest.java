package io.skein.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What processes cost")
class ProcFilesTest {
  @TempDir private Path root;

  @Test
  @DisplayName("is read also of processes with odd names")
  void oddNames() {
    var stat =
        ProcFiles.parse(
            "77 (a) b (c) S 12 77 77 0 -1 4194560 1 2 3 4 150 50 7 3 20 0 40 0 5 1000 250 1");
    assertThat(stat.name()).isEqualTo("a) b (c");
    assertThat(stat.parent()).isEqualTo(12);
    assertThat(stat.ticks()).isEqualTo(200);
    assertThat(stat.deadTicks()).isEqualTo(10);
  }

  @Test
  @DisplayName("counts children, those that live and those that ended, where they belong to it")
  void children() throws Exception {
    process(10, 1, 100, 40);
    process(11, 10, 30, 5);
    process(12, 99, 1000, 0);
    ProcFiles proc = new ProcFiles(root);
    assertThat(new Party("postgres", List.of(10L), true).cpuSeconds(proc, proc.all()))
        .hasValue(1.7);
    assertThat(new Party("server", List.of(10L), false).cpuSeconds(proc, proc.all())).hasValue(1.0);
  }

  @Test
  @DisplayName("is the difference of two moments, as a share of all processors")
  void difference() throws Exception {
    ProcFiles proc = new ProcFiles(root);
    Party server = new Party("server", List.of(10L), false);
    Party nobody = new Party("redis", List.of(), true);
    Parties parties = new Parties(server, new Party("postgres", List.of(), true), nobody, nobody);
    process(10, 1, 100, 0);
    machine(1_000);
    Probe before = Probe.now(proc, parties);
    process(10, 1, 150, 0);
    machine(1_080);
    Probe.Cost cost = Probe.now(proc, parties).since(before);
    assertThat(cost.cpuSeconds().get("server")).hasValue(0.5);
    assertThat(cost.cpuSeconds().get("postgres")).isEmpty();
    assertThat(cost.others()).isEqualTo(0.3, org.assertj.core.api.Assertions.within(1e-9));
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(new Probe.Cost(2, Map.of(), 0).share(1)).isEqualTo(50.0 / processors);
  }

  @Test
  @DisplayName("is unknown, not nothing, when a process is gone")
  void gone() {
    ProcFiles proc = new ProcFiles(root);
    assertThat(new Party("server", List.of(10L), false).cpuSeconds(proc, List.of())).isEmpty();
    assertThat(new Party("server", List.of(10L), false).rssKib(proc)).isEmpty();
  }

  @Test
  @DisplayName("is that of the process that listens at the door, and of those it talks to")
  void sockets() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket client = new Socket(door.getInetAddress(), door.getLocalPort());
        Socket accepted = door.accept()) {
      Sockets sockets = new Sockets(new ProcFiles());
      long self = ProcessHandle.current().pid();
      assertThat(accepted.isConnected()).isTrue();
      assertThat(sockets.listener(door.getLocalPort())).contains(self);
      assertThat(sockets.remotePorts(self)).contains(client.getPort());
    }
  }

  @Test
  @DisplayName("includes what is in use of a Java heap")
  void heap() {
    assertThat(
            HeapCollection.parse(
                """
                5458:
                garbage-first heap   total reserved 4939776K, committed 163840K, used 61779K [0x6)
                 region size 4096K, 5 young (20480K), 0 survivors (0K)
                Metaspace       used 70000K, committed 71000K, reserved 1100000K
                """))
        .hasValue(61_779);
    assertThat(
            HeapCollection.parse(
                """
                 def new generation   total 9792K, used 1000K [0x0, 0x1, 0x2)
                  eden space 8704K,  30% used [0x0, 0x1, 0x2)
                 tenured generation   total 21888K, used 2000K [0x0, 0x1, 0x2)
                """))
        .hasValue(3_000);
    assertThat(HeapCollection.parse("no such process")).isEmpty();
  }

  private void process(long pid, long parent, long ticks, long dead) throws Exception {
    Path folder = Files.createDirectories(root.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        "%d (x) S %d 1 1 0 -1 1 1 2 3 4 %d 0 %d 0 20 0".formatted(pid, parent, ticks, dead));
  }

  private void machine(long busy) throws Exception {
    Files.writeString(root.resolve("stat"), "cpu  %d 0 0 5000 0 0 0 0 0 0\n".formatted(busy));
  }
}
