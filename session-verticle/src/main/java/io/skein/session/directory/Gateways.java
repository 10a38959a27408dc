package io.skein.session.directory;

import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The gateways, by instance id. Futures fail with a SkeinException after retries within the budget.
 */
public interface Gateways {
  /** Done when the events are in the queues of the connections. */
  Future<PushReply> push(String gateway, PushRequest request, Duration budget);

  /** Done when no further call of these connections is accepted. Answers how many it closed. */
  Future<Integer> kick(String gateway, List<KickTarget> targets, Bye bye, Duration budget);

  /** Done when no gateway relies on an earlier check of a token of this user. */
  Future<Void> forgetTokens(String userId, Duration budget);

  /** Whether the gateway is a member of the mesh, as far as this instance sees. */
  boolean isMember(String gateway);
}
