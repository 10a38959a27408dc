package io.skein.notify;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Where notifications go. */
public sealed interface ProviderConfig {
  /** No attempt takes longer. */
  Duration timeout();

  /** One line in the log for each notification: to try things out. */
  record Console() implements ProviderConfig {
    @Override
    public Duration timeout() {
      return Duration.ofSeconds(1);
    }
  }

  /**
   * The integrator's own server: see {@code skein/v1/webhook.proto}.
   *
   * @param url absolute; https, or http to this machine
   * @param secret signs the bodies, at least 16 characters
   * @param timeout from the start of an attempt to the head of its answer
   * @param maxConnections open at the same time, for each instance of the verticle
   * @param plainAllowed lets http go to other machines, where nobody else can listen
   */
  record Webhook(URI url, String secret, Duration timeout, int maxConnections, boolean plainAllowed)
      implements ProviderConfig {
    private static final int SHORTEST_SECRET = 16;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Checks what would be insecure or never work. */
    public Webhook {
      require(url.getHost() != null, "the webhook's URL must be absolute");
      require(url.getUserInfo() == null, "the webhook's URL must not carry a password");
      boolean plain = "http".equals(url.getScheme());
      require(plain || "https".equals(url.getScheme()), "the webhook's URL must be https");
      require(
          !plain || plainAllowed || LOOPBACK.contains(url.getHost()),
          "the webhook's URL must be https, except on this machine");
      require(
          secret.length() >= SHORTEST_SECRET,
          "the webhook's secret must have " + SHORTEST_SECRET + " characters or more");
      require(timeout.isPositive(), "the webhook's time-out must be positive");
      require(maxConnections >= 1 && maxConnections <= 1000, "maxConnections must be 1 to 1,000");
    }

    /** Without the secret: configurations end up in logs. */
    @Override
    public String toString() {
      return "Webhook[" + url.getScheme() + "://" + url.getAuthority() + "]";
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
