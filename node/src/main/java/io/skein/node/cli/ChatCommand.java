package io.skein.node.cli;

import io.skein.client.Calls;
import io.skein.client.GuestCalls;
import io.skein.client.transport.TransportOptions;
import io.skein.node.chat.ChatSession;
import io.skein.node.chat.ChatSettings;
import io.skein.node.dev.DevAddresses;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.session.token.TokenIssuer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A chat in the terminal, as any user of a server in dev mode or with a token of any other. */
@Command(name = "chat", description = "Chat in the terminal.")
final class ChatCommand implements Callable<Integer> {
  private static final String DEFAULT_SERVER = "tcp://127.0.0.1:7000";
  private static final Duration TTL = Duration.ofHours(1);

  @Option(names = "--as", required = true, paramLabel = "USER", description = "Who you are.")
  private String self;

  @Option(
      names = "--with",
      defaultValue = "",
      paramLabel = "USER",
      description = "Whom to talk to.")
  private String partner;

  @Option(
      names = "--server",
      paramLabel = "URI",
      description =
          "tcp://, tls+tcp://, ws:// or wss://; by default the dev mode that runs, or port 7000.")
  private String server;

  @Mixin private SigningOptions signing;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description = "Your token; without it and a password, one is made with the key at hand.")
  private String token;

  @Option(
      names = "--password",
      arity = "0..1",
      interactive = true,
      description = "Log in with your password.")
  private String password;

  @Option(
      names = "--device",
      defaultValue = "terminal",
      paramLabel = "ID",
      description = "Name of this device (default: ${DEFAULT-VALUE}).")
  private String device;

  @Override
  public Integer call() throws Exception {
    return new ChatSession(new ChatSettings(server(), self, partner, device), tokens()).run();
  }

  private String server() {
    return Optional.ofNullable(server)
        .or(() -> signing.runningDev().map(DevAddresses::tcpUri))
        .orElse(DEFAULT_SERVER);
  }

  private Supplier<CompletableFuture<String>> tokens() {
    if (token != null) {
      return () -> CompletableFuture.completedFuture(token);
    }
    if (password == null) {
      TokenIssuer issuer = signing.issuer();
      return () -> CompletableFuture.completedFuture(issuer.forUser(self, TTL).token());
    }
    GuestCalls calls = new GuestCalls(server(), TransportOptions.defaults());
    LoginRequest login =
        LoginRequest.newBuilder().setUserId(self).setPassword(password).setDeviceId(device).build();
    return () -> calls.call(Calls.LOGIN, login).thenApply(LoginReply::getToken);
  }
}
