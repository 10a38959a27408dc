package io.skein.node.dev;

import io.skein.embedded.EmbeddedStores;
import io.skein.gateway.GatewayPorts;
import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.problem.Problem;
import io.skein.node.run.NodePlan;
import io.skein.node.run.RunningNode;
import io.skein.node.run.Teardown;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Starts everything in one process on the stores of a data folder. Blocks while it starts. */
public final class DevMode {
  private static final Duration TOKEN_TTL = Duration.ofHours(24);
  private static final Duration SEED_TIME_OUT = Duration.ofSeconds(30);

  private final Path data;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;
  private final Teardown teardown;
  private final Consumer<String> progress;

  /**
   * Prepares a start.
   *
   * @param data made if it is not there
   * @param overrides settings from the command line, by key
   * @param teardown gets to know how to undo each step
   * @param progress gets a line for a person whenever something takes time
   */
  public DevMode(
      Path data,
      Map<String, String> environment,
      Map<String, String> overrides,
      Teardown teardown,
      Consumer<String> progress) {
    this.data = data;
    this.environment = environment;
    this.overrides = overrides;
    this.teardown = teardown;
    this.progress = progress;
  }

  /**
   * Starts it.
   *
   * @return what to tell the person who started it
   * @throws RuntimeException a {@link Problem}, or what the embedded stores say
   */
  public String start(String version) {
    long begun = System.nanoTime();
    EmbeddedStores stores =
        teardown.make(() -> EmbeddedStores.start(data, progress), EmbeddedStores::close);
    TokenConfig tokens = new DevKey(data).makeIfAbsent();
    NodePlan plan =
        new NodePlan(
            settings(stores),
            Optional.empty(),
            EnumSet.allOf(Service.class),
            tokens,
            version,
            true);
    RunningNode node = RunningNode.start(plan, teardown, progress);
    GatewayPorts doors = node.doors().orElseThrow();
    var addresses =
        new DevAddresses(
            ProcessHandle.current().pid(), doors.http(), doors.tcp(), node.managementPort());
    populate(node, tokens, addresses);
    node.ready();
    String token = new TokenIssuer(tokens, Clock.systemUTC()).forUser("alice", TOKEN_TTL).token();
    teardown.make(() -> note(addresses), note -> forget());
    return new Greeting(addresses, data.toAbsolutePath().normalize(), token)
        .text(version, Duration.ofNanos(System.nanoTime() - begun));
  }

  private Settings settings(EmbeddedStores stores) {
    Map<String, String> values = new TreeMap<>(overrides);
    values.put("postgres.uri", stores.postgres().uri());
    values.put("redis.uri", stores.redis().uri());
    values.put("session.open-registration", "true");
    // Everybody here comes from one address, a load test with hundreds of users too.
    values.put("session.limits.per-address", "100000");
    values.put("gateway.host", "127.0.0.1");
    values.put("management.host", "127.0.0.1");
    return new SettingsLoader(environment).load(Optional.empty(), values);
  }

  private void populate(RunningNode node, TokenConfig tokens, DevAddresses addresses) {
    try {
      People.register(node.mesh()).await(SEED_TIME_OUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Problem("alice, bob and echo cannot be made", "no answer", "see the log", e);
    }
    EchoBot echo =
        teardown.make(
            () ->
                new EchoBot(
                    addresses.tcp(),
                    () ->
                        new TokenIssuer(tokens, Clock.systemUTC())
                            .forUser(People.ECHO, TOKEN_TTL)
                            .token()),
            EchoBot::close);
    echo.connect();
  }

  private DevAddresses note(DevAddresses addresses) {
    addresses.write(data);
    return addresses;
  }

  private void forget() {
    try {
      DevAddresses.forget(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
