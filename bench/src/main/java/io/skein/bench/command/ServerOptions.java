package io.skein.bench.command;

import io.skein.bench.command.Surroundings.LocalServer;
import io.skein.bench.measure.Parties;
import io.skein.bench.measure.ProcFiles;
import io.skein.bench.people.Accounts;
import io.skein.bench.people.PasswordAccounts;
import io.skein.bench.people.SignedAccounts;
import io.skein.bench.wire.Door;
import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server is measured, through which door, and by whom. */
public final class ServerOptions {
  private final Surroundings surroundings;

  @Option(
      names = "--server",
      paramLabel = "URI",
      description =
          "Where it is: tcp://host:7000 or ws://host:8080/ws; by default the dev mode that runs."
              + " Users are then registered and logged in by password, which must be open to all.")
  private String server;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the dev mode to measure (by default ./data).")
  private Path data;

  @Option(
      names = "--door",
      paramLabel = "tcp|ws",
      defaultValue = "tcp",
      description = "Of the dev mode (default: ${DEFAULT-VALUE}).")
  private DoorKind door;

  @Option(
      names = "--encoding",
      paramLabel = "proto|json",
      defaultValue = "proto",
      description = "How frames are written (default: ${DEFAULT-VALUE}).")
  private String encoding;

  @Option(
      names = "--users",
      paramLabel = "PREFIX",
      defaultValue = "bench",
      description = "What the users' ids begin with; missing ones are registered.")
  private String users;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      split = ",",
      description = "Processes of the server, for what they cost; by default the one that listens.")
  private List<Long> serverPids = List.of();

  ServerOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The dev mode that is measured; empty: it is another server. */
  Optional<LocalServer> local() {
    return server != null && data == null
        ? Optional.empty()
        : surroundings.server(Optional.ofNullable(data));
  }

  Door door() {
    String fallback = door == DoorKind.WS ? "ws://127.0.0.1:8080/ws" : "tcp://127.0.0.1:7000";
    String uri =
        Optional.ofNullable(server)
            .or(() -> local().map(found -> door == DoorKind.WS ? found.webSocket() : found.tcp()))
            .orElse(fallback);
    return new Door(Endpoint.parse(uri), encoding());
  }

  private Encoding encoding() {
    for (Encoding known : Encoding.values()) {
      if (known.word().equals(encoding)) {
        return known;
      }
    }
    throw new IllegalArgumentException("--encoding is proto or json, not " + encoding);
  }

  Accounts accounts() {
    return local()
        .<Accounts>map(found -> new SignedAccounts(found.http(), found.signer(), users))
        .orElseGet(() -> new PasswordAccounts(door().endpoint().toString(), users));
  }

  Parties parties(ProcFiles proc) {
    List<Long> known =
        serverPids.isEmpty()
            ? local().map(found -> List.of(found.pid())).orElse(List.of())
            : serverPids;
    return Parties.find(proc, known, door().endpoint().port());
  }

  String version() {
    return surroundings.version();
  }
}
