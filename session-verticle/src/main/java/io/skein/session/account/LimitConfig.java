package io.skein.session.account;

/**
 * How often somebody may try to get in, on each instance. A login that succeeds does not count.
 *
 * @param perAccount failed logins a minute into one account
 * @param perAddress failed logins, failed refreshes and registrations a minute from one address
 * @param maxTracked accounts, and addresses, that are remembered
 */
public record LimitConfig(int perAccount, int perAddress, int maxTracked) {
  public static final LimitConfig DEFAULT = new LimitConfig(10, 120, 100_000);

  public LimitConfig {
    if (perAccount < 1 || perAddress < 1 || maxTracked < 1) {
      throw new IllegalArgumentException("limits of logins must be 1 or more");
    }
  }
}
