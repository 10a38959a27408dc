package io.skein.node.cluster;

import io.skein.node.config.BusTlsSettings;
import io.skein.node.config.ClusterSettings;
import io.skein.node.problem.Problem;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the event bus listens and whom it believes. */
final class BusOptions {
  private BusOptions() {}

  /**
   * Maps the settings.
   *
   * @throws Problem if the bus would listen beyond loopback without TLS: its port asks nobody who
   *     he is, and trusts whoever calls
   */
  static EventBusOptions of(ClusterSettings settings) {
    var options =
        new EventBusOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setClusterPingInterval(settings.pingInterval().toMillis())
            .setClusterPingReplyInterval(settings.pingTimeout().toMillis());
    settings.publicHost().ifPresent(options::setClusterPublicHost);
    BusTlsSettings tls = settings.tls();
    if (tls.certificate().isPresent()) {
      secure(options, tls);
    } else if (!settings.allowPlainText() && !isLoopback(settings.host())) {
      throw new Problem(
          "the event bus would be open to " + settings.host(),
          "without TLS, whoever reaches its port can act as any user",
          "set cluster.tls.certificate, key and authority, or, in a network that is yours alone,\n"
              + "cluster.allow-plain-text: true");
    }
    return options;
  }

  private static void secure(EventBusOptions options, BusTlsSettings tls) {
    String key = tls.key().orElseThrow(() -> incomplete("key"));
    String authority = tls.authority().orElseThrow(() -> incomplete("authority"));
    options
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setTrustAll(false)
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(tls.certificate().orElseThrow()).setKeyPath(key))
        .setTrustOptions(new PemTrustOptions().addCertPath(authority));
  }

  private static Problem incomplete(String key) {
    return new Problem(
        "cluster.tls." + key + " is missing",
        "mutual TLS needs a certificate, its key, and the authority that signs the nodes'",
        "set it, or take cluster.tls.certificate away");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new Problem("cluster.host is unknown", "there is no " + host, "correct it", e);
    }
  }
}
