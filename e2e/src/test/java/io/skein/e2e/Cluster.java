package io.skein.e2e;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.embedded.test.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Nodes on one Postgres and one Redis of their own; all gone when closed, but for the logs. */
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final Path clusterFile;
  private final PostgresAddress postgres = TestPostgres.emptyDatabase();
  private final RedisAddress redis = TestRedis.database();
  private final String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
  private final List<Node> nodes = new ArrayList<>();

  /** {@code name} is the folder of its logs under {@code target}. */
  Cluster(String name) throws IOException {
    folder = Path.of("target", "e2e", name).toAbsolutePath();
    Files.createDirectories(folder);
    clusterFile = folder.resolve("cluster.xml");
    // A name and a port of its own, so that it meets no other cluster of this machine.
    String file =
        Files.readString(Path.of("..", "cluster.xml"))
            .replace(
                "<cluster-name>skein</cluster-name>",
                "<cluster-name>" + UUID.randomUUID() + "</cluster-name>")
            .replace("5701</port>", Ports.free(1).getFirst() + "</port>");
    Files.writeString(clusterFile, file);
  }

  /** Starts a process with these services, without waiting for it. */
  Node start(String name, String services) throws IOException {
    return start(name, services, "");
  }

  /** The same with more lines of configuration below {@code gateway}, indented by two. */
  Node start(String name, String services, String gateway) throws IOException {
    List<Integer> ports = Ports.free(3);
    Path config = folder.resolve(name + ".yml");
    Files.writeString(config, configuration(ports, gateway));
    Path log = folder.resolve(name + ".log");
    Files.deleteIfExists(log);
    Program program =
        Program.start(
            log, List.of("node", "--services=" + services, "--config", config.toString()));
    Node node = new Node(program, ports.get(0), ports.get(1), ports.get(2));
    nodes.add(node);
    return node;
  }

  private String configuration(List<Integer> ports, String gateway) {
    return """
        postgres:
          uri: %s
        redis:
          uri: %s
        cluster:
          file: %s
        tokens:
          keys:
            - kid: e2e
              secret: %s
        gateway:
          host: 127.0.0.1
          tcp-port: %d
          http-port: %d
        %smanagement:
          port: %d
        session:
          open-registration: true
        """
        .formatted(
            postgres.uri(),
            redis.uri(),
            clusterFile,
            secret,
            ports.get(0),
            ports.get(1),
            gateway,
            ports.get(2));
  }

  PostgresAddress postgres() {
    return postgres;
  }

  void awaitReady() {
    nodes.forEach(Node::awaitReady);
  }

  /** All at once: each drains on its own. */
  @Override
  public void close() {
    nodes.forEach(node -> node.program().terminate());
    nodes.forEach(Node::close);
  }
}
