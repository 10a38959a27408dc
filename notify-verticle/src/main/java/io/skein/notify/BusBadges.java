package io.skein.notify;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.BadgeQuery;
import io.skein.protocol.internal.v1.BadgesReply;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the message service over the bus. */
final class BusBadges implements Badges {
  private static final Rpc<BadgesRequest, BadgesReply> BADGES =
      Rpc.of("log.badges", BadgesRequest.class, BadgesReply.class);
  private static final Duration BUDGET = Duration.ofSeconds(5);

  private final Bus bus;

  BusBadges(Bus bus) {
    this.bus = bus;
  }

  @Override
  public Future<Map<Topic, Badge>> of(Collection<Topic> topics) {
    BadgesRequest.Builder request = BadgesRequest.newBuilder();
    topics.forEach(
        topic ->
            request.addQueries(
                BadgeQuery.newBuilder()
                    .setUserId(topic.userId())
                    .setConversationId(topic.conversationId())));
    return bus.callAny(BADGES, request.build(), CallContext.internal(BUDGET))
        .map(
            reply ->
                reply.getBadgesList().stream()
                    .collect(
                        Collectors.toMap(
                            badge -> new Topic(badge.getUserId(), badge.getConversationId()),
                            Function.identity(),
                            (one, same) -> one)));
  }
}
