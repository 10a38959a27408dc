package io.skein.gateway.http;

import com.google.protobuf.ByteString;
import io.skein.gateway.call.CallRouter;
import io.skein.gateway.call.Forwarding;
import io.skein.gateway.wire.JsonBodies;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.MethodRules;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** One call by HTTP: who calls, may they, forward, answer. */
final class ApiHandler implements Handler<RoutingContext> {
  private static final String BEARER = "Bearer ";
  private static final String ON_BEHALF_OF = "Skein-On-Behalf-Of";
  private static final String ALL_SCOPES = "*";

  /** What a token is worth that is not good any more. */
  private static final Set<ErrorCode> NO_TOKEN =
      Set.of(ErrorCode.UNAUTHENTICATED, ErrorCode.TOKEN_EXPIRED, ErrorCode.BANNED);

  private final Bearers bearers;
  private final Forwarding forwarding;

  ApiHandler(Bearers bearers, Forwarding forwarding) {
    this.bearers = bearers;
    this.forwarding = forwarding;
  }

  @Override
  public void handle(RoutingContext routing) {
    Future.succeededFuture(routing)
        .compose(this::call)
        .onSuccess(json -> Answers.result(routing.response(), json))
        .onFailure(failure -> Answers.failure(routing.response(), failure));
  }

  private Future<byte[]> call(RoutingContext routing) {
    MethodInfo method =
        CallRouter.find(routing.pathParam("service") + "." + routing.pathParam("method"));
    ByteString params = JsonBodies.params(method, routing.body().buffer());
    return caller(routing.request(), method)
        .compose(caller -> forwarding.forward(method, caller, params))
        .map(reply -> result(method, reply));
  }

  private Future<CallerInfo> caller(HttpServerRequest request, MethodInfo method) {
    Optional<String> token = token(request);
    if (method.rules().getCaller() == MethodRules.Caller.ANYONE) {
      return token
          .map(this::backend)
          .orElseGet(() -> Future.succeededFuture(CallerInfo.getDefaultInstance()))
          .map(caller -> withAddress(caller, request));
    }
    if (token.isEmpty()) {
      return Future.failedFuture(
          new SkeinException(
              ErrorCode.UNAUTHENTICATED, "a header \"Authorization: Bearer <token>\" is needed"));
    }
    String user = request.getHeader(ON_BEHALF_OF);
    return bearers
        .caller(token.get(), user == null ? "" : user)
        .map(caller -> withAddress(checkCaller(caller, method), request));
  }

  private static Optional<String> token(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  /**
   * Where no token is needed, a backend's may allow more. Others are passed over: a client that
   * sends its token with every call must be able to refresh it when it is over.
   */
  private Future<CallerInfo> backend(String token) {
    return bearers
        .caller(token, "")
        .map(
            caller ->
                caller.getKind() == CallerInfo.Kind.SERVICE
                    ? caller
                    : CallerInfo.getDefaultInstance())
        .recover(
            failure ->
                failure instanceof SkeinException refused && NO_TOKEN.contains(refused.code())
                    ? Future.succeededFuture(CallerInfo.getDefaultInstance())
                    : Future.failedFuture(failure));
  }

  private static CallerInfo checkCaller(CallerInfo caller, MethodInfo method) {
    boolean service = caller.getKind() == CallerInfo.Kind.SERVICE;
    if (method.rules().getCaller() == MethodRules.Caller.SERVICE && !service) {
      throw new SkeinException(ErrorCode.PERMISSION_DENIED, "a service token is needed");
    }
    if (service && !hasScope(caller, method)) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED,
          "the service token has not the scope \"%s\"".formatted(method.prefix()));
    }
    if (method.rules().getCaller() == MethodRules.Caller.USER && caller.getUserId().isEmpty()) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "name the user in the header " + ON_BEHALF_OF);
    }
    return caller;
  }

  private static boolean hasScope(CallerInfo caller, MethodInfo method) {
    return caller.getScopesList().contains(ALL_SCOPES)
        || caller.getScopesList().contains(method.prefix());
  }

  private static CallerInfo withAddress(CallerInfo caller, HttpServerRequest request) {
    String address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    return caller.toBuilder().setRemoteAddress(address == null ? "" : address).build();
  }

  private static byte[] result(MethodInfo method, BusReply reply) {
    if (reply.hasError()) {
      throw SkeinException.from(reply.getError());
    }
    return JsonBodies.result(method, reply.getResult());
  }
}
