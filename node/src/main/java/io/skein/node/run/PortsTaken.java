package io.skein.node.run;

import io.skein.node.config.GatewaySettings;
import io.skein.node.problem.Problem;
import java.io.IOException;
import java.net.BindException;

/** Explains why the doors could not be opened. */
final class PortsTaken {
  private PortsTaken() {}

  /** The native transport has an exception of its own for every system call. */
  private static boolean isNativeBind(Throwable cause) {
    return cause instanceof IOException
        && cause.getMessage() != null
        && cause.getMessage().startsWith("bind(");
  }

  /** The problem, if the failure is one of a port; else the failure itself. */
  static RuntimeException explain(Throwable failure, GatewaySettings gateway) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || isNativeBind(cause)) {
        return new Problem(
            "a door cannot be opened: HTTP port %d or TCP port %d"
                .formatted(gateway.httpPort(), gateway.tcpPort()),
            String.valueOf(cause.getMessage()),
            "stop what uses it (./skein doctor names it), or choose others: gateway.http-port and\n"
                + "gateway.tcp-port, in dev mode --http-port and --tcp-port; 0 is a free one",
            failure);
      }
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException(failure.toString(), failure);
  }
}
