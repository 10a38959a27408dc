package io.skein.node.config;

import io.skein.node.problem.Problem;
import io.skein.notify.Backoff;
import io.skein.notify.NotifyConfig;
import io.skein.notify.ProviderConfig;
import io.skein.notify.queue.QueueConfig;
import java.net.URI;

/** The settings of push notifications as the notify service takes them. */
final class NotifyConfigs {
  private NotifyConfigs() {}

  static NotifyConfig of(NotifySettings notify) {
    NotifyBackoffSettings backoff = notify.backoff();
    return new NotifyConfig(
        provider(notify.provider()),
        queue(notify.queue()),
        new Backoff(backoff.attempts(), backoff.first(), backoff.longest()),
        notify.grace(),
        notify.maxAge(),
        notify.maxInFlight(),
        notify.lease(),
        notify.upkeep(),
        notify.preview());
  }

  private static ProviderConfig provider(ProviderSettings provider) {
    if (provider.webhookUrl().isEmpty()) {
      return new ProviderConfig.Console();
    }
    String secret =
        provider
            .webhookSecret()
            .orElseThrow(
                () ->
                    new Problem(
                        "the webhook has no secret",
                        "without it, your server cannot tell our notifications from anybody's",
                        "set notify.provider.webhook-secret, for example to what\n"
                            + "openssl rand -base64 24 prints"));
    return new ProviderConfig.Webhook(
        URI.create(provider.webhookUrl().get()),
        secret,
        provider.webhookTimeout(),
        provider.webhookConnections(),
        provider.plainAllowed());
  }

  private static QueueConfig queue(QueueSettings queue) {
    return new QueueConfig(
        queue.maxLength(),
        queue.maxDelayed(),
        queue.maxDead(),
        queue.batch(),
        queue.block(),
        queue.orphanedAfter(),
        queue.maxDeliveries());
  }
}
