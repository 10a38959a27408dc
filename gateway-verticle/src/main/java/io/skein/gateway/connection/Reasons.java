package io.skein.gateway.connection;

import io.skein.protocol.CloseCode;

/** What a client is told when a deadline ends its connection. */
final class Reasons {

  private Reasons() {}

  static String of(CloseCode code) {
    return switch (code) {
      case AUTH_TIMEOUT -> "no connect within the deadline";
      case HEARTBEAT_MISSED -> "nothing heard for two and a half heartbeat intervals";
      case TOKEN_EXPIRED -> "the token expired and was not renewed";
      default -> code.name();
    };
  }
}
