package io.skein.session.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Claims as the JSON object of RFC 7519 §4. */
final class ClaimsCodec {
  private static final String ISSUER = "iss";
  private static final String AUDIENCE = "aud";
  private static final String SUBJECT = "sub";
  private static final String EXPIRES_AT = "exp";
  private static final String NOT_BEFORE = "nbf";
  private static final String ISSUED_AT = "iat";
  private static final String ID = "jti";
  private static final String SCOPE = "scope";
  private static final String USE = "use";
  private static final String DEVICE = "dev";
  private static final String LINE = "line";

  /** The last second of year 9999: what RFC 3339 can say. */
  private static final long MAX_SECOND = 253_402_300_799L;

  private final String subjectClaim;

  /** With the standard claim for the subject. */
  ClaimsCodec() {
    this(SUBJECT);
  }

  ClaimsCodec(String subjectClaim) {
    this.subjectClaim = subjectClaim;
  }

  JsonObject encode(Claims claims) {
    JsonObject json =
        new JsonObject()
            .put(ISSUER, claims.issuer())
            .put(AUDIENCE, new JsonArray(claims.audience()))
            .put(subjectClaim, claims.subject())
            .put(USE, claims.use())
            .put(ID, claims.id())
            .put(ISSUED_AT, claims.issuedAt().getEpochSecond())
            .put(NOT_BEFORE, claims.notBefore().getEpochSecond());
    claims.expiresAt().ifPresent(it -> json.put(EXPIRES_AT, it.getEpochSecond()));
    putIfPresent(json, SCOPE, claims.scope());
    putIfPresent(json, DEVICE, claims.deviceId());
    putIfPresent(json, LINE, claims.line());
    return json;
  }

  private static void putIfPresent(JsonObject json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  /**
   * Reads claims that anybody may have written.
   *
   * @throws Claims.WrongException if one of them has the wrong type
   */
  Claims decode(JsonObject json) {
    return new Claims(
        text(json, ISSUER),
        audience(json.getValue(AUDIENCE)),
        text(json, subjectClaim),
        time(json, EXPIRES_AT),
        time(json, NOT_BEFORE).orElse(Instant.EPOCH),
        time(json, ISSUED_AT).orElse(Instant.EPOCH),
        text(json, ID),
        text(json, SCOPE),
        text(json, USE),
        text(json, DEVICE),
        text(json, LINE));
  }

  /** One string or an array of them. */
  private static List<String> audience(Object claim) {
    List<String> audience = new ArrayList<>();
    Iterable<?> values = claim instanceof JsonArray several ? several : List.of(orEmpty(claim));
    for (Object value : values) {
      audience.add(text(value, AUDIENCE));
    }
    return audience;
  }

  private static Object orEmpty(Object claim) {
    return claim == null ? "" : claim;
  }

  private static String text(JsonObject json, String name) {
    return text(orEmpty(json.getValue(name)), name);
  }

  private static String text(Object value, String name) {
    if (value instanceof String text) {
      return text;
    }
    throw new Claims.WrongException("the claim " + name + " of the token is not a string");
  }

  /** A NumericDate; fractions of a second are dropped. */
  private static Optional<Instant> time(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds <= MAX_SECOND) {
        return Optional.of(Instant.ofEpochSecond((long) seconds));
      }
    }
    throw new Claims.WrongException("the claim " + name + " of the token is not a time in seconds");
  }
}
