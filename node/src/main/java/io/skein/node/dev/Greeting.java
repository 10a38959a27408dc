package io.skein.node.dev;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** What dev mode says when it is ready: where it is, that it is insecure, and what to try. */
final class Greeting {
  private static final String WARNING =
      """
      ┌──────────────────────────────────────────────────────────────────────────────┐
      │  DEV MODE IS INSECURE: known passwords, open registration, no encryption.    │
      │  It listens on this machine only. Never put it where others can reach it.    │
      └──────────────────────────────────────────────────────────────────────────────┘
      """;

  private final DevAddresses addresses;
  private final Path data;
  private final String token;

  /**
   * Prepares the words.
   *
   * @param token of alice, for the lines to paste
   */
  Greeting(DevAddresses addresses, Path data, String token) {
    this.addresses = addresses;
    this.data = data;
    this.token = token;
  }

  String text(String version, Duration took) {
    return """
        Skein %s is ready after %.1f s.

        %s
          HTTP         %s
          WebSocket    ws://127.0.0.1:%d/ws
          TCP          127.0.0.1:%d
          operators    http://127.0.0.1:%d/metrics and /health/ready
          data         %s (kept; delete it to begin anew)
          people       %s

        Try in another terminal:

          %s

          %s

          ./skein chat --as alice --with echo

        Ctrl-C ends it and everything it started.
        """
        .formatted(
            version,
            took.toMillis() / 1000.0,
            WARNING,
            addresses.httpUrl(),
            addresses.http(),
            addresses.tcp(),
            addresses.management(),
            data,
            People.describe(),
            curlLine(),
            ncLine());
  }

  /** A send through the HTTP door. */
  String curlLine() {
    return ("curl -s %s/v1/messages/send -H 'Content-Type: application/json'"
            + " -H 'Authorization: Bearer %s' -d '%s'")
        .formatted(addresses.httpUrl(), token, send("hi from curl"));
  }

  /** A conversation through the TCP door; the pauses let the answers arrive. */
  String ncLine() {
    String connect =
        """
        {"id":1,"method":"connect","params":{"token":"%s","device":{"id":"nc","platform":"linux"}}}"""
            .formatted(token);
    String send =
        "{\"id\":2,\"method\":\"messages.send\",\"params\":%s}".formatted(send("hi 你好 👋"));
    return "(echo 'SKEIN/1 json'; echo '%s'; sleep 1; echo '%s'; sleep 2) | timeout 4 nc 127.0.0.1 %d"
        .formatted(connect, send, addresses.tcp());
  }

  private static String send(String body) {
    return "{\"to\":{\"userId\":\"%s\"},\"clientMsgId\":\"%s\",\"text\":{\"body\":\"%s\"}}"
        .formatted(People.ECHO, UUID.randomUUID(), body);
  }
}
