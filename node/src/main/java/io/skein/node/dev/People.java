package io.skein.node.dev;

import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.RegisterReply;
import io.skein.protocol.v1.RegisterRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Those who are there from the start: two people with known passwords, and a bot to talk to. */
final class People {
  static final String ECHO = "echo";

  private static final Rpc<RegisterRequest, RegisterReply> REGISTER =
      Rpc.of("accounts.register", RegisterRequest.class, RegisterReply.class);
  private static final Duration BUDGET = Duration.ofSeconds(15);
  private static final List<String> USERS = List.of("alice", "bob");

  private People() {}

  static String describe() {
    return USERS.stream()
        .map(user -> user + " (" + password(user) + ")")
        .collect(Collectors.joining(", ", "", ", and echo, who answers everything"));
  }

  /** Makes their accounts where there are none yet. */
  static Future<Void> register(Mesh mesh) {
    Future<Void> done = register(mesh, ECHO);
    for (String user : USERS) {
      done = done.compose(before -> register(mesh, user));
    }
    return done;
  }

  private static Future<Void> register(Mesh mesh, String user) {
    RegisterRequest request =
        RegisterRequest.newBuilder()
            .setUserId(user)
            .setPassword(password(user))
            .setDisplayName(
                user.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + user.substring(1))
            .build();
    return mesh.bus()
        .call(REGISTER, user, request, CallContext.internal(BUDGET))
        .<Void>mapEmpty()
        .recover(People::unlessThere);
  }

  private static Future<Void> unlessThere(Throwable failure) {
    return failure instanceof SkeinException known && known.code() == ErrorCode.ALREADY_EXISTS
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  private static String password(String user) {
    return "password-" + user;
  }
}
