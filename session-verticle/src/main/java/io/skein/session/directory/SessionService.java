package io.skein.session.directory;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CloseSessionReply;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.LookupReply;
import io.skein.protocol.internal.v1.LookupRequest;
import io.skein.protocol.internal.v1.OnlineUser;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.session.batch.Batcher;
import io.skein.session.device.DeviceIds;
import io.skein.session.token.TokenId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions open and close, and are looked up. */
final class SessionService {
  private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);
  private static final int MAX_BATCH = 256;
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_NAME = 64;

  private final Directory directory;
  private final Batcher<EpochRequest, Optional<Long>> epochs;
  private final DevicePolicy policy;
  private final Kicks kicks;
  private final Supplier<String> sessionIds;

  SessionService(
      Directory directory,
      EpochStore epochs,
      DevicePolicy policy,
      Kicks kicks,
      Supplier<String> sessionIds) {
    this.directory = directory;
    this.epochs = new Batcher<>(epochs::take, EpochRequest::device, MAX_BATCH, MAX_WAITING);
    this.policy = policy;
    this.kicks = kicks;
    this.sessionIds = sessionIds;
  }

  Future<OpenSessionReply> open(OpenSessionRequest request, Duration budget) {
    EpochRequest device = check(request);
    directory.checkOwned(request.getUserId());
    return epochs
        .ask(device)
        .map(epoch -> record(request, device, epoch))
        .compose(
            session ->
                directory.open(session, policy).map(outcome -> settle(session, outcome, budget)));
  }

  private static EpochRequest check(OpenSessionRequest request) {
    DeviceKey device =
        new DeviceKey(
            UserIds.check(request.getUserId(), "userId"),
            DeviceIds.check(request.getDevice().getId(), "device.id"));
    String name = request.getDevice().getName();
    if (name.codePointCount(0, name.length()) > MAX_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT,
              "a device's name has at most " + MAX_NAME + " characters, none of them control")
          .withField("device.name");
    }
    String platform = DeviceClass.checkPlatform(request.getDevice().getPlatform());
    return new EpochRequest(device, platform, name, TokenId.parse(request.getTokenId()));
  }

  private SessionRecord record(
      OpenSessionRequest request, EpochRequest device, Optional<Long> epoch) {
    return new SessionRecord(
        request.getUserId(),
        request.getDevice().getId(),
        sessionIds.get(),
        epoch.orElseThrow(SessionService::revoked),
        request.getGateway(),
        request.getGatewayBoot(),
        request.getConnection(),
        device.platform());
  }

  private OpenSessionReply settle(SessionRecord session, OpenOutcome outcome, Duration budget) {
    return switch (outcome) {
      case OpenOutcome.Opened opened -> {
        // The newer one need not wait for the end of the older: if nobody tells that one now, its
        // gateway learns it when it reconciles.
        kicks
            .close(opened.losers(), CloseCode.REPLACED.toBye("another login took over"), budget)
            .onFailure(reason -> LOG.info("A replaced session could not be closed yet", reason));
        yield OpenSessionReply.newBuilder()
            .setSessionId(session.sessionId())
            .setEpoch(session.epoch())
            .build();
      }
      case OpenOutcome.Refused refused ->
          throw new SkeinException(
              ErrorCode.SESSION_REFUSED, "another device of this user is connected");
      case OpenOutcome.Stale stale -> throw revoked();
    };
  }

  private static SkeinException revoked() {
    return new SkeinException(
        ErrorCode.UNAUTHENTICATED,
        "the token was revoked, or the device connected again meanwhile");
  }

  Future<CloseSessionReply> close(CloseSessionRequest request) {
    SessionRef session = request.getSession();
    directory.checkOwned(session.getUserId());
    return directory
        .remove(SessionRecord.of(session, "", ""))
        .map(CloseSessionReply.getDefaultInstance());
  }

  Future<LookupReply> lookup(LookupRequest request) {
    return directory
        .find(request.getUserIdsList())
        .map(
            found -> {
              LookupReply.Builder reply = LookupReply.newBuilder();
              found.forEach(
                  (userId, sessions) -> {
                    if (!sessions.isEmpty()) {
                      reply.addUsers(online(userId, sessions));
                    }
                  });
              return reply.build();
            });
  }

  private static OnlineUser online(String userId, List<LiveSession> sessions) {
    OnlineUser.Builder user = OnlineUser.newBuilder().setUserId(userId);
    sessions.forEach(session -> user.addSessions(session.record().toRef()));
    return user.build();
  }
}
