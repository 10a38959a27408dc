package io.skein.node.bench;

import io.skein.bench.command.Surroundings;
import io.skein.bench.people.BenchUser;
import io.skein.embedded.PostgresAddress;
import io.skein.node.dev.DevAddresses;
import io.skein.node.dev.DevKey;
import io.skein.session.token.TokenIssuer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A dev mode on this machine: its addresses, and its key, with which users need no passwords. */
public final class DevSurroundings implements Surroundings {
  private static final Duration TTL = Duration.ofHours(12);

  private final String version;
  private final Path usual;

  /** {@code usual} is the data folder where none is named. */
  public DevSurroundings(String version, Path usual) {
    this.version = version;
    this.usual = usual;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Optional<LocalServer> server(Optional<Path> data) {
    Path folder = data.orElse(usual);
    return DevAddresses.find(folder).map(found -> server(folder, found));
  }

  private static LocalServer server(Path folder, DevAddresses found) {
    TokenIssuer issuer = new TokenIssuer(new DevKey(folder).read(), Clock.systemUTC());
    return new LocalServer(
        found.pid(),
        found.tcpUri(),
        "ws://127.0.0.1:" + found.http() + "/ws",
        found.httpUrl(),
        PostgresAddress.ofRunning(folder).map(PostgresAddress::uri),
        folder,
        userId -> issuer.forDevice(userId, BenchUser.DEVICE, TTL).token());
  }
}
