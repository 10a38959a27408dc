package io.skein.gateway.call;

import com.google.protobuf.ByteString;
import io.skein.gateway.connection.CallHandler;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.wire.Call;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.MethodRules;

/** Decides by the method table what becomes of a call over a connection. */
public final class CallRouter implements CallHandler {
  private static final String HERE = "gateway";

  private final ConnectionMethods connectionMethods;
  private final Forwarding forwarding;

  public CallRouter(ConnectionMethods connectionMethods, Forwarding forwarding) {
    this.connectionMethods = connectionMethods;
    this.forwarding = forwarding;
  }

  @Override
  public void handle(Connection connection, Call call) {
    try {
      MethodInfo method = find(call.method());
      checkCaller(connection, method);
      ByteString params = connection.encoding().params(method, call.params());
      if (method.owner().equals(HERE)) {
        connectionMethods.handle(connection, call.id(), method, params);
      } else {
        forwarding.forward(connection, call.id(), method, params);
      }
    } catch (SkeinException refused) {
      connection.fail(call.id(), refused.toError());
    }
  }

  @Override
  public void refused(Connection connection, Call call) {
    try {
      MethodInfo method = find(call.method());
      ByteString params = connection.encoding().params(method, call.params());
      forwarding.refused(connection, method, params);
    } catch (SkeinException wrongBesides) {
      // It has its answer, and would be refused for good if it were repeated: nothing waits for it.
    }
  }

  /**
   * The method that a client may know by this name.
   *
   * @throws SkeinException UNIMPLEMENTED
   */
  public static MethodInfo find(String name) {
    return MethodTable.get()
        .find(name)
        .filter(MethodInfo::isPublic)
        .orElseThrow(
            () ->
                new SkeinException(
                    ErrorCode.UNIMPLEMENTED, "this server has no method of that name"));
  }

  private static void checkCaller(Connection connection, MethodInfo method) {
    MethodRules.Caller allowed = method.rules().getCaller();
    if (allowed == MethodRules.Caller.ANYONE) {
      return;
    }
    if (!connection.isOpen()) {
      throw new SkeinException(ErrorCode.UNAUTHENTICATED, "call connect first");
    }
    if (allowed == MethodRules.Caller.SERVICE) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "only backends with a service token may, over HTTP");
    }
  }
}
