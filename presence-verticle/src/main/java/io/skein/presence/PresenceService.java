package io.skein.presence;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ForgetUserReply;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.UnwatchReply;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Watching, and what the session service reports. */
final class PresenceService {
  private final PresenceStore store;
  private final WatchStore watches;
  private final Announcer announcer;
  private final PresenceConfig config;
  private final PresenceMetrics metrics;
  private final Clock clock;

  PresenceService(
      PresenceStore store,
      WatchStore watches,
      Announcer announcer,
      PresenceConfig config,
      PresenceMetrics metrics,
      Clock clock) {
    this.store = store;
    this.watches = watches;
    this.announcer = announcer;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  Future<WatchReply> watch(CallerInfo caller, WatchRequest request) {
    String session = sessionOf(caller);
    List<String> users = request.getUserIdsList().stream().distinct().toList();
    users.forEach(user -> UserIds.check(user, "userIds"));
    return watches
        .watched(session)
        .compose(
            watched -> {
              checkBound(watched, users);
              return users.isEmpty()
                  ? Future.succeededFuture(0)
                  : watches.watch(session, caller.getUserId(), users);
            })
        .compose(count -> store.shown(users))
        .map(presences -> WatchReply.newBuilder().addAllPresences(presences).build());
  }

  private void checkBound(Set<String> watched, List<String> more) {
    Set<String> all = new HashSet<>(watched);
    all.addAll(more);
    if (all.size() > config.maxWatched()) {
      throw new SkeinException(
              ErrorCode.TOO_LARGE, "a session watches at most " + config.maxWatched() + " users")
          .withField("userIds");
    }
  }

  Future<UnwatchReply> unwatch(CallerInfo caller, UnwatchRequest request) {
    String session = sessionOf(caller);
    Future<Void> done =
        request.getUserIdsCount() == 0
            ? watches.unwatchAll(session)
            : watches.unwatch(session, request.getUserIdsList());
    return done.map(UnwatchReply.getDefaultInstance());
  }

  private static String sessionOf(CallerInfo caller) {
    if (caller.getSessionId().isEmpty()) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT, "watching needs a connection: there is nobody to push to");
    }
    return caller.getSessionId();
  }

  Future<ReportReply> report(ReportRequest request) {
    List<Future<Void>> changes = request.getChangesList().stream().map(this::apply).toList();
    return Future.join(changes).map(ReportReply.getDefaultInstance());
  }

  /** Of a user whose sessions have ended. */
  Future<ForgetUserReply> forget(ForgetUserRequest request) {
    String userId = UserIds.check(request.getUserId(), "userId");
    return store.forget(userId).map(ForgetUserReply.getDefaultInstance());
  }

  private Future<Void> apply(SessionChange change) {
    Future<Void> unwatched =
        change.getOnline() ? Future.succeededFuture() : watches.unwatchAll(change.getSessionId());
    return unwatched
        .compose(done -> store.apply(change, clock.millis()))
        .onSuccess(
            presence -> {
              metrics.changed();
              announcer.changed(presence);
            })
        .mapEmpty();
  }
}
