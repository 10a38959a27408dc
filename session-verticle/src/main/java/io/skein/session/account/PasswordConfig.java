package io.skein.session.account;

/**
 * How passwords are hashed: Argon2id (RFC 9106), by default with the parameters that OWASP's
 * password storage cheat sheet names first.
 *
 * @param memoryKib memory of one hash, in KiB
 * @param passes over that memory
 * @param workers hashes computed at once in this process
 * @param maxWaiting hashes waiting for a worker; more are refused as overloaded
 */
public record PasswordConfig(int memoryKib, int passes, int workers, int maxWaiting) {
  public static final PasswordConfig DEFAULT = new PasswordConfig(19 * 1024, 2, 2, 64);

  public PasswordConfig {
    if (memoryKib < 8 || passes < 1 || workers < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException(
          "passwords need 8 KiB of memory, 1 pass, 1 worker and 1 waiting, or more");
    }
  }
}
