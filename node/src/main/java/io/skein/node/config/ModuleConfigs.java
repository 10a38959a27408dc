package io.skein.node.config;

import io.skein.gateway.config.GatewayConfig;
import io.skein.message.MessageConfig;
import io.skein.node.problem.Problem;
import io.skein.notify.NotifyConfig;
import io.skein.presence.PresenceConfig;
import io.skein.session.SessionConfig;
import io.skein.session.token.TokenConfig;
import java.util.function.Supplier;

/**
 * The settings as the modules take them, each checked by its own record.
 *
 * @param gateway the doors
 * @param session with the keys
 * @param message conversations
 * @param presence who is there
 * @param notification push notifications
 */
public record ModuleConfigs(
    GatewayConfig gateway,
    SessionConfig session,
    MessageConfig message,
    PresenceConfig presence,
    NotifyConfig notification) {

  /**
   * Maps and checks all of them, whichever services run here: a node that would refuse them later
   * should refuse them now.
   *
   * @throws Problem naming the section and what is wrong with it
   */
  public static ModuleConfigs of(Settings settings, TokenConfig tokens) {
    return new ModuleConfigs(
        checked("gateway", () -> GatewayConfigs.of(settings.gateway())),
        checked("session", () -> SessionConfigs.of(settings.session(), tokens)),
        checked("message", () -> MessageConfigs.of(settings.message())),
        checked("presence", () -> PresenceConfigs.of(settings.presence())),
        checked("notify", () -> NotifyConfigs.of(settings.notification())));
  }

  private static <T> T checked(String section, Supplier<T> mapping) {
    try {
      return mapping.get();
    } catch (IllegalArgumentException e) {
      throw new Problem(
          "the settings of " + section + " do not fit together",
          e.getMessage(),
          "correct " + section + ".* in the configuration; ./skein config docs explains them",
          e);
    }
  }
}
