package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** One key. */
public interface TokenKeySettings {
  @Doc("Names the key in the header of tokens.")
  @WithDefault("main")
  String kid();

  @Doc("How it signs: a secret (hs256) or a key pair (rs256, es256).")
  @WithDefault("hs256")
  Algorithm algorithm();

  @Doc(value = "HS256: 32 random bytes or more; ./skein config init makes one.", secret = true)
  Optional<String> secret();

  @Doc("RS256, ES256: PEM file with the public key or certificate.")
  Optional<String> publicKeyFile();

  @Doc("RS256, ES256: PEM file with the private key (PKCS #8); absent: the key only verifies.")
  Optional<String> privateKeyFile();

  /** RFC 7518. */
  enum Algorithm {
    HS256,
    RS256,
    ES256
  }
}
