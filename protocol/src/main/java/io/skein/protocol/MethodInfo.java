package io.skein.protocol;

import com.google.protobuf.Message;
import io.skein.protocol.v1.MethodRules;
import java.time.Duration;

/**
 * One row of the method table.
 *
 * @param name public name, {@code "messages.send"}
 * @param prefix its part before the dot; also the scope that a service token needs; may be empty
 * @param owner the service that answers, {@code "message"}
 * @param rules as declared
 * @param request prototype of the request message
 * @param reply prototype of the reply message
 */
public record MethodInfo(
    String name, String prefix, String owner, MethodRules rules, Message request, Message reply) {

  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** The whole time that a call from a client may take. */
  public Duration deadline() {
    int millis = rules.getDeadlineMs();
    return millis == 0 ? DEFAULT_DEADLINE : Duration.ofMillis(millis);
  }

  public boolean idempotent() {
    return rules.getIdempotent();
  }

  /** Whether clients may know of it. */
  public boolean isPublic() {
    return rules.getCaller() != MethodRules.Caller.INTERNAL;
  }
}
