package io.skein.node.config;

import io.skein.message.MessageConfig;
import io.skein.node.problem.Problem;
import io.skein.session.SessionConfig;
import io.skein.session.token.TokenConfig;
import java.util.function.Supplier;

/**
 * The settings as the modules take them, each checked by its own record.
 *
 * @param session with the keys
 * @param message conversations
 */
public record ModuleConfigs(SessionConfig session, MessageConfig message) {

  /**
   * Maps and checks all of them, whichever services run here: a node that would refuse them later
   * should refuse them now.
   *
   * @throws Problem naming the section and what is wrong with it
   */
  public static ModuleConfigs of(Settings settings, TokenConfig tokens) {
    return new ModuleConfigs(
        checked("session", () -> SessionConfigs.of(settings.session(), tokens)),
        checked("message", () -> MessageConfigs.of(settings.message())));
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
