package io.skein.node.cli;

import io.skein.node.api.HttpCall;
import io.skein.node.api.MethodSchema;
import io.skein.node.api.Params;
import io.skein.node.dev.DevAddresses;
import io.skein.node.problem.Problem;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    name = "api",
    description = {
      "Call any method through the HTTP door, or show what it takes.",
      "",
      "  ./skein api                          all methods",
      "  ./skein api messages.send --help     what one takes and gives",
      "  ./skein api --as alice messages.send to.userId=bob text.body=hi clientMsgId=uuid",
      "  ./skein api --as alice messages.send --json - < request.json",
      ""
    })
final class ApiCommand implements Runnable {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Spec private CommandSpec spec;
  @Mixin private SigningOptions signing;

  @Parameters(index = "0", arity = "0..1", paramLabel = "METHOD", description = "messages.send")
  private String name;

  @Parameters(index = "1..*", paramLabel = "FIELD=VALUE", description = "to.userId=bob")
  private List<String> words = List.of();

  @Option(names = "--json", paramLabel = "JSON", description = "The whole request; - reads it.")
  private String json;

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Act as this user, with a fresh token.")
  private String user;

  @Option(names = "--token", paramLabel = "JWT", description = "Or with this one (SKEIN_TOKEN).")
  private String token = System.getenv("SKEIN_TOKEN");

  @Option(
      names = "--on-behalf-of",
      paramLabel = "USER",
      description = "With a service token: the user to act for.")
  private String onBehalfOf;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The HTTP door; by default that of the dev mode that runs.")
  private String url;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
      return;
    }
    MethodInfo method = method();
    out.println(call().call(method, request(method)).encodePrettily());
  }

  /** What {@code --help} prints once a method is named. */
  void explain(PrintWriter out) {
    out.print(MethodSchema.text(method()));
    out.flush();
  }

  boolean namesMethod() {
    return name != null;
  }

  private MethodInfo method() {
    return MethodTable.get()
        .find(name)
        .filter(MethodInfo::isPublic)
        .orElseThrow(
            () ->
                new Problem(
                    "there is no method " + name,
                    "",
                    Nearest.of(name, names()).map(n -> "did you mean " + n + "? ").orElse("")
                        + "./skein api lists all"));
  }

  private static List<String> names() {
    return MethodTable.get().all().stream()
        .filter(MethodInfo::isPublic)
        .map(MethodInfo::name)
        .toList();
  }

  private static void list(PrintWriter out) {
    names().forEach(out::println);
    out.println("\n./skein api METHOD --help shows what one takes.");
  }

  private HttpCall call() {
    Optional<String> jwt =
        user == null
            ? Optional.ofNullable(token)
            : Optional.of(signing.issuer().forUser(user, TTL).token());
    String door =
        Optional.ofNullable(url)
            .or(() -> signing.runningDev().map(DevAddresses::httpUrl))
            .orElse(DEFAULT_URL);
    return new HttpCall(door, jwt, Optional.ofNullable(onBehalfOf));
  }

  private String request(MethodInfo method) {
    if (json == null) {
      return new Params(method).of(words).encode();
    }
    if (!json.equals("-")) {
      return json;
    }
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
