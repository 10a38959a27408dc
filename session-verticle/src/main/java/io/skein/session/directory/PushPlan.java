package io.skein.session.directory;

import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.internal.v1.PushTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What goes to which gateway, and who is to be notified if it arrives nowhere. One request per
 * gateway, in which each event stands once, however many of its connections get it.
 */
final class PushPlan {
  /** A recipient who must hear of an entry, by a push or else by a notification. */
  private static final class Goal {
    final String userId;
    final Delivery delivery;
    boolean reached;

    Goal(String userId, Delivery delivery) {
      this.userId = userId;
      this.delivery = delivery;
    }
  }

  /** One gateway's part. */
  static final class Part {
    private final PushRequest.Builder request = PushRequest.newBuilder();
    private final Map<String, LiveSession> sessions = new HashMap<>();
    private final Map<String, List<Goal>> goals = new HashMap<>();
    private boolean durable;

    PushRequest request() {
      return request.build();
    }

    /** Whether anything in it must arrive or be notified. */
    boolean isDurable() {
      return durable;
    }

    /** The gateway has it. Answers the sessions that it does not hold. */
    List<LiveSession> acknowledged(PushReply reply) {
      Set<String> missing = new HashSet<>(reply.getMissingSessionsList());
      goals.forEach(
          (session, reached) -> {
            if (!missing.contains(session)) {
              reached.forEach(goal -> goal.reached = true);
            }
          });
      return missing.stream().filter(sessions::containsKey).map(sessions::get).toList();
    }
  }

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<Goal> goals = new ArrayList<>();
  private final PushCounters counters;
  private final Predicate<String> isThere;

  /**
   * An empty plan.
   *
   * @param isThere whether a gateway is a member of the mesh
   */
  PushPlan(PushCounters counters, Predicate<String> isThere) {
    this.counters = counters;
    this.isThere = isThere;
  }

  /** Adds an event for all sessions of its recipients, but for those that it leaves out. */
  void add(Delivery delivery, Map<String, List<LiveSession>> found) {
    if (delivery.getAbsentOnly()) {
      addAbsent(delivery, found);
      return;
    }
    Map<String, Push.Builder> pushes = new HashMap<>();
    for (String userId : new LinkedHashSet<>(delivery.getRecipientsList())) {
      Goal goal = goal(userId, delivery);
      for (LiveSession session : found.getOrDefault(userId, List.of())) {
        if (isFor(session, delivery)) {
          String gateway = session.record().gateway();
          add(session, goal, pushes.computeIfAbsent(gateway, any -> push(delivery)), delivery);
        }
      }
    }
    pushes.forEach((gateway, push) -> parts.get(gateway).request.addPushes(push));
  }

  private void addAbsent(Delivery delivery, Map<String, List<LiveSession>> found) {
    for (String userId : new LinkedHashSet<>(delivery.getRecipientsList())) {
      goal(userId, delivery).reached =
          found.getOrDefault(userId, List.of()).stream()
              .anyMatch(session -> isThere.test(session.record().gateway()));
    }
  }

  Map<String, Part> parts() {
    return parts;
  }

  /** One for each user and conversation that was not reached, with the highest seq. */
  Collection<Hint> hints() {
    Map<List<String>, Hint> hints = new LinkedHashMap<>();
    for (Goal goal : goals) {
      if (!goal.reached) {
        Hint hint =
            Hint.newBuilder()
                .setUserId(goal.userId)
                .setConversationId(goal.delivery.getConversationId())
                .setSeq(goal.delivery.getSeq())
                .setReason(Hint.Reason.OFFLINE)
                .build();
        hints.merge(
            List.of(hint.getUserId(), hint.getConversationId()),
            hint,
            (one, other) -> one.getSeq() >= other.getSeq() ? one : other);
      }
    }
    return hints.values();
  }

  private Goal goal(String userId, Delivery delivery) {
    Goal goal = new Goal(userId, delivery);
    boolean notifies =
        !delivery.getTransient() && delivery.getSeq() != 0 && !userId.equals(delivery.getSender());
    if (notifies) {
      goals.add(goal);
    }
    return goal;
  }

  private static boolean isFor(LiveSession session, Delivery delivery) {
    String sessionId = session.record().sessionId();
    return !sessionId.equals(delivery.getExcludeSession())
        && (delivery.getOnlySession().isEmpty() || sessionId.equals(delivery.getOnlySession()));
  }

  private void add(LiveSession session, Goal goal, Push.Builder push, Delivery delivery) {
    SessionRecord record = session.record();
    Part part = parts.computeIfAbsent(record.gateway(), gateway -> new Part());
    part.durable |= !delivery.getTransient();
    part.sessions.put(record.sessionId(), session);
    part.goals.computeIfAbsent(record.sessionId(), id -> new ArrayList<>()).add(goal);
    push.addTargets(
        PushTarget.newBuilder()
            .setConnection(record.connection())
            .setSessionId(record.sessionId())
            .setPush(delivery.getTransient() ? 0 : counters.next(session)));
  }

  private static Push.Builder push(Delivery delivery) {
    return Push.newBuilder()
        .setEvent(delivery.getEvent())
        .setTransient(delivery.getTransient())
        .setConversationId(delivery.getConversationId())
        .setSeq(delivery.getSeq())
        .setSender(delivery.getSender())
        .setCoalesceKey(delivery.getCoalesceKey());
  }
}
