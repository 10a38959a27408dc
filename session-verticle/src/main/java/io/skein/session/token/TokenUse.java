package io.skein.session.token;

import java.util.Locale;

/** What a token is good for: never for both. */
public enum TokenUse {
  /** Acts as the user that is its subject. */
  ACCESS,
  /** Acts as a backend, within its scopes. */
  SERVICE;

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }
}
