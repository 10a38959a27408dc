package io.skein.message.group;

import java.util.random.RandomGenerator;

/** Codes of 26 letters and digits: 128 random bits and two more, easy to read out. */
final class InviteCodes {
  /** Crockford's alphabet: no I, L, O, U. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int LENGTH = 26;

  private final RandomGenerator random;

  InviteCodes(RandomGenerator random) {
    this.random = random;
  }

  String next() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }
}
