package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Tokens of the integrator's own user system. */
public interface ExternalTokenSettings {
  @Doc("The iss of tokens that your own user system makes; with it, they are accepted.")
  Optional<String> issuer();

  @Doc("The aud that they must carry.")
  @WithDefault("skein")
  String audience();

  @Doc("The claim that holds the user id.")
  @WithDefault("sub")
  String userClaim();

  @Doc("PEM file with the public key that verifies them.")
  Optional<String> publicKeyFile();

  @Doc("What that key signs with; not hs256.")
  @WithDefault("rs256")
  TokenKeySettings.Algorithm algorithm();

  @Doc("JWKS file (RFC 7517) with public keys, instead or besides.")
  Optional<String> jwksFile();

  @Doc("Whether a valid token of an unknown user makes the account.")
  @WithDefault("true")
  boolean createAccounts();
}
