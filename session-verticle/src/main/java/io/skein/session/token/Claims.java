package io.skein.session.token;

/** Names of claims: those of RFC 7519 §4.1 and RFC 8693 §4.2, and our own. */
final class Claims {
  static final String ISSUER = "iss";
  static final String SUBJECT = "sub";
  static final String AUDIENCE = "aud";
  static final String EXPIRES_AT = "exp";
  static final String NOT_BEFORE = "nbf";
  static final String ISSUED_AT = "iat";
  static final String ID = "jti";

  /** Words separated by single spaces. */
  static final String SCOPE = "scope";

  /** What the token is good for: a {@link TokenUse} in lower case. */
  static final String USE = "use";

  /** The device that the token is bound to. */
  static final String DEVICE = "dev";

  /** The login that the token descends from. */
  static final String LINE = "line";

  private Claims() {}
}
