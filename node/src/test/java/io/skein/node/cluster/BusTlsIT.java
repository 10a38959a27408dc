package io.skein.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The bus with TLS")
class BusTlsIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String ADDRESS = "greetings";

  @TempDir private Path folder;

  private final List<Vertx> nodes = new ArrayList<>();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private Map<String, String> ours;

  @BeforeEach
  void makeCluster() throws Exception {
    String cluster = Files.readString(Path.of("..", "cluster.xml").toAbsolutePath().normalize());
    Files.writeString(
        folder.resolve("cluster.xml"),
        cluster.replace("<cluster-name>skein<", "<cluster-name>test-" + UUID.randomUUID() + "<"));
    ours = certificate("ours");
  }

  @AfterEach
  void leave() throws TimeoutException {
    for (Vertx node : nodes) {
      await(node.close());
    }
  }

  @Test
  @DisplayName("nodes with certificates of the same authority talk to each other")
  void together() throws Exception {
    listen(join(ours));
    Vertx second = join(ours);
    Awaitility.await()
        .atMost(LONGEST)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(ask(second)).isEqualTo("hello"));
  }

  @Test
  @DisplayName(
      "a node of another authority, even if it believes ours, or without TLS, is never heard")
  void stranger() throws Exception {
    listen(join(ours));
    Map<String, String> believer = new HashMap<>(certificate("theirs"));
    believer.put("cluster.tls.authority", ours.get("cluster.tls.authority"));
    for (Map<String, String> theirs : List.of(believer, Map.<String, String>of())) {
      Vertx stranger = join(theirs);
      assertThatThrownBy(() -> ask(stranger)).isNotNull();
    }
    Vertx second = join(ours);
    Awaitility.await().atMost(LONGEST).ignoreExceptions().until(() -> ask(second) != null);
    assertThat(heard).containsOnly(nodes.indexOf(second));
  }

  private Map<String, String> certificate(String name) throws Exception {
    return new NodeCertificate(Files.createDirectory(folder.resolve(name))).settings();
  }

  private Vertx join(Map<String, String> values) throws TimeoutException {
    Settings settings = new SettingsLoader(Map.of()).load(Optional.empty(), values);
    Vertx vertx =
        await(
                ClusteredVertx.join(
                    settings,
                    Optional.of(folder.resolve("skein.yml")),
                    new VertxOptions().setMetricsOptions(new MetricsOptions()),
                    new NoMetrics()))
            .vertx();
    nodes.add(vertx);
    return vertx;
  }

  private void listen(Vertx node) throws TimeoutException {
    var consumer = node.eventBus().consumer(ADDRESS);
    consumer.handler(
        message -> {
          heard.add(message.body());
          message.reply("hello");
        });
    await(consumer.completion());
  }

  /** Says which node asks. */
  private Object ask(Vertx node) throws TimeoutException {
    var options = new DeliveryOptions().setSendTimeout(2_000);
    return await(node.eventBus().request(ADDRESS, nodes.indexOf(node), options)).body();
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  private static final class NoMetrics implements VertxMetricsFactory {
    @Override
    public VertxMetrics metrics(VertxOptions options) {
      return null;
    }
  }
}
