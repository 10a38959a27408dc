package io.skein.session.token;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens that {@link TokenIssuer} made. */
final class OwnClaimRules extends ClaimRules {
  OwnClaimRules(TokenConfig config, Clock clock) {
    super(config.issuer(), TokenConfig.AUDIENCE, config.leeway(), clock);
  }

  @Override
  VerifiedToken read(JsonObject claims) {
    TokenUse use = use(text(claims, Claims.USE));
    String subject = text(claims, Claims.SUBJECT);
    if (subject.isEmpty()) {
      throw refusal("the token names nobody (sub)");
    }
    return new VerifiedToken(
        use,
        subject,
        text(claims, Claims.DEVICE),
        line(text(claims, Claims.LINE)),
        use == TokenUse.SERVICE ? scopes(text(claims, Claims.SCOPE)) : List.of(),
        time(claims, Claims.ISSUED_AT),
        time(claims, Claims.EXPIRES_AT),
        text(claims, Claims.ID),
        false);
  }

  private static TokenUse use(String word) {
    for (TokenUse use : TokenUse.values()) {
      if (use.word().equals(word)) {
        return use;
      }
    }
    throw refusal("the token is of another type (use): access or service is needed");
  }

  private static Optional<UUID> line(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException broken) {
      throw refusal("the claim " + Claims.LINE + " of the token is not a UUID");
    }
  }

  private static List<String> scopes(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }
}
