package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The tokens that let people and backends in. */
public interface TokenSettings {
  @Doc("The iss of Skein's own tokens.")
  @WithDefault("skein")
  String issuer();

  List<TokenKeySettings> keys();

  @Doc(
      "The kid of the key that signs; absent: the first one. Keep a replaced key in the list until its last token has expired.")
  Optional<String> signingKid();

  @Doc("How long a user's token lives.")
  @WithDefault("1h")
  Duration accessTtl();

  @Doc("How long a refresh token may lie unused.")
  @WithDefault("30d")
  Duration refreshTtl();

  @Doc("What clocks may differ by.")
  @WithDefault("5s")
  Duration leeway();

  ExternalTokenSettings external();
}
