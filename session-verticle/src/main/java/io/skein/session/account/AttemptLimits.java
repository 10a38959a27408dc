package io.skein.session.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.time.Duration;

/**
 * Bounds guesses at passwords: a token bucket per account and one per remote address, each refilled
 * over a minute, in a map of bounded size.
 */
public final class AttemptLimits {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final LoadingCache<String, Bucket> accounts;
  private final LoadingCache<String, Bucket> addresses;

  public AttemptLimits(LimitConfig config) {
    this(config, TimeMeter.SYSTEM_NANOTIME);
  }

  AttemptLimits(LimitConfig config, TimeMeter time) {
    this.accounts = buckets(config.perAccount(), config.maxTracked(), time);
    this.addresses = buckets(config.perAddress(), config.maxTracked(), time);
  }

  /**
   * Counts an attempt to get into an account.
   *
   * @param address may be empty: then only the account's own limit holds
   * @throws SkeinException RATE_LIMITED
   */
  void attempt(String userId, String address) {
    take(accounts.get(userId), "too many failed logins into this account");
    attempt(address);
  }

  /**
   * Counts an attempt that names no account.
   *
   * @throws SkeinException RATE_LIMITED
   */
  void attempt(String address) {
    if (!address.isEmpty()) {
      take(addresses.get(address), "too many attempts from this address");
    }
  }

  /** The attempt was right: it does not count. */
  void succeeded(String userId, String address) {
    accounts.get(userId).addTokens(1);
    succeeded(address);
  }

  void succeeded(String address) {
    if (!address.isEmpty()) {
      addresses.get(address).addTokens(1);
    }
  }

  private static void take(Bucket bucket, String what) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new SkeinException(ErrorCode.RATE_LIMITED, what + ": wait")
          .withRetryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static LoadingCache<String, Bucket> buckets(int perMinute, int max, TimeMeter time) {
    return Caffeine.newBuilder()
        .maximumSize(max)
        .executor(Runnable::run)
        .build(key -> bucket(perMinute, time));
  }

  private static Bucket bucket(int perMinute, TimeMeter time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
        .withCustomTimePrecision(time)
        .build();
  }
}
