package io.skein.session.token;

/** The signature algorithms of RFC 7518 that keys may be pinned to. */
public enum TokenAlgorithm {
  /** HMAC with SHA-256: one secret signs and verifies. */
  HS256,
  /** RSA, PKCS #1 v1.5, with SHA-256. */
  RS256,
  /** ECDSA on P-256 with SHA-256. */
  ES256
}
