package io.skein.node.cli;

import io.skein.node.api.HttpCall;
import io.skein.node.dev.DevAddresses;
import io.skein.node.problem.Problem;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = {
      "Write all that is held about a user, as JSON lines: ./skein export alice > alice.jsonl",
      "With a service token (--token) its scopes must name accounts, contacts and conversations.",
      ""
    })
final class ExportCommand implements Runnable {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final String EXPORT = ".export";

  /** The most that a page may hold by default. */
  private static final int LIMIT = 200;

  @Spec private CommandSpec spec;
  @Mixin private SigningOptions signing;

  @Parameters(paramLabel = "USER", description = "Whose data.")
  private String user;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description = "A service token, or the user's own (SKEIN_TOKEN); by default a fresh one.")
  private String token = System.getenv("SKEIN_TOKEN");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The HTTP door; by default that of the dev mode that runs.")
  private String url;

  @Option(
      names = "--page",
      paramLabel = "LINES",
      defaultValue = "" + LIMIT,
      description = "Lines that are asked for at once (default: ${DEFAULT-VALUE}).")
  private int page;

  @Override
  public void run() {
    for (MethodInfo method : methods()) {
      export(method);
    }
  }

  /** Every service that holds something has one. */
  private static List<MethodInfo> methods() {
    return MethodTable.get().all().stream()
        .filter(method -> method.isPublic() && method.name().endsWith(EXPORT))
        .toList();
  }

  private void export(MethodInfo method) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String cursor = "";
    long written = 0;
    boolean more = true;
    while (more) {
      JsonObject request = new JsonObject().put("cursor", cursor).put("limit", page);
      JsonObject reply = call().call(method, request.encode());
      JsonArray lines = reply.getJsonArray("lines", new JsonArray());
      for (int i = 0; i < lines.size(); i++) {
        out.println(lines.getJsonObject(i).encode());
      }
      if (out.checkError()) { // Which a writer keeps to itself.
        throw new Problem(
            "the export is not complete", "the output cannot be written", "is the disk full?");
      }
      written += lines.size();
      cursor = reply.getString("cursor", "");
      more = reply.getBoolean("more", false);
      if (more || written > 0) {
        err.println(method.name() + ": " + written + " lines");
      }
    }
  }

  /** With a fresh token each time: an export may take longer than one is good. */
  private HttpCall call() {
    String jwt =
        Optional.ofNullable(token).orElseGet(() -> signing.issuer().forUser(user, TTL).token());
    String door =
        Optional.ofNullable(url)
            .or(() -> signing.runningDev().map(DevAddresses::httpUrl))
            .orElse(DEFAULT_URL);
    return new HttpCall(door, Optional.of(jwt), Optional.of(user));
  }
}
