package io.skein.gateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skein.gateway.connection.CallRate;
import io.skein.gateway.connection.Surroundings;
import io.skein.gateway.session.SessionLink;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ForgetTokensReply;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/**
 * Who stands behind the bearer tokens of HTTP calls. Verifications are believed for some seconds,
 * or until the session service says that they are void.
 */
public final class Bearers {
  private static final int MAX_ENTRIES = 10_000;

  private final SessionLink sessions;
  private final Surroundings around;
  private final Cache<Key, Bearer> cache;

  public Bearers(SessionLink sessions, Surroundings around) {
    this.sessions = sessions;
    this.around = around;
    cache =
        Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(around.timing().tokenCache())
            .ticker(around.nanoTime()::getAsLong)
            // Evicts on the event loop itself: the cache is never used elsewhere.
            .executor(Runnable::run)
            .build();
  }

  private record Key(String token, String onBehalfOf) {}

  private record Bearer(VerifyTokenReply verified, long expiry, CallRate rate) {}

  /**
   * The caller behind a token.
   *
   * @param onBehalfOf the user for whom a service token acts; empty: none
   * @return fails with UNAUTHENTICATED, TOKEN_EXPIRED, RATE_LIMITED, or what the session service
   *     says
   */
  Future<CallerInfo> caller(String token, String onBehalfOf) {
    Key key = new Key(token, onBehalfOf);
    Bearer known = cache.getIfPresent(key);
    if (known != null && known.expiry() - now() > 0) {
      return admit(known);
    }
    return sessions.verify(token, onBehalfOf).compose(verified -> admit(remember(key, verified)));
  }

  private Bearer remember(Key key, VerifyTokenReply verified) {
    Duration left = Duration.ofMillis(verified.getExpiresInMs());
    Duration cached = around.timing().tokenCache();
    long expiry = now() + (left.compareTo(cached) < 0 ? left : cached).toNanos();
    Bearer bearer = new Bearer(verified, expiry, new CallRate(around.limits(), around.nanoTime()));
    cache.put(key, bearer);
    return bearer;
  }

  private Future<CallerInfo> admit(Bearer bearer) {
    Duration wait = bearer.rate().take();
    return wait.isZero()
        ? Future.succeededFuture(bearer.verified().getCaller())
        : Future.failedFuture(
            new SkeinException(ErrorCode.RATE_LIMITED, "too many calls with this token")
                .withRetryAfter(wait.plusMillis(1)));
  }

  /** Asks again about these tokens and users from now on. */
  public ForgetTokensReply forget(ForgetTokensRequest request) {
    Set<String> tokens = Set.copyOf(request.getTokenIdsList());
    Set<String> users = Set.copyOf(request.getUserIdsList());
    cache
        .asMap()
        .values()
        .removeIf(
            bearer ->
                tokens.contains(bearer.verified().getTokenId())
                    || users.contains(bearer.verified().getCaller().getUserId()));
    return ForgetTokensReply.getDefaultInstance();
  }

  private long now() {
    return around.nanoTime().getAsLong();
  }
}
