package io.skein.session.directory;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gateways that note what they are told, and can be silent, gone, or without a session. */
final class FakeGateways implements Gateways {
  record Pushed(String gateway, PushRequest request) {}

  record Kicked(String gateway, String sessionId, int code) {}

  final List<Pushed> pushed = new ArrayList<>();
  final List<Kicked> kicked = new ArrayList<>();
  final List<String> forgotten = new ArrayList<>();
  final Set<String> missing = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> gone = new HashSet<>();

  void silence(String gateway) {
    silent.add(gateway);
  }

  void speakAgain(String gateway) {
    silent.remove(gateway);
  }

  void leave(String gateway) {
    gone.add(gateway);
  }

  @Override
  public Future<PushReply> push(String gateway, PushRequest request, Duration budget) {
    if (!answers(gateway)) {
      return noAnswer();
    }
    pushed.add(new Pushed(gateway, request));
    PushReply.Builder reply = PushReply.newBuilder();
    request
        .getPushesList()
        .forEach(
            push ->
                push.getTargetsList().stream()
                    .map(target -> target.getSessionId())
                    .filter(missing::contains)
                    .forEach(reply::addMissingSessions));
    return Future.succeededFuture(reply.build());
  }

  @Override
  public Future<Integer> kick(String gateway, List<KickTarget> targets, Bye bye, Duration budget) {
    if (!answers(gateway)) {
      return noAnswer();
    }
    targets.forEach(
        target -> kicked.add(new Kicked(gateway, target.getSessionId(), bye.getCode())));
    return Future.succeededFuture(targets.size());
  }

  @Override
  public Future<Void> forgetTokens(String userId, Duration budget) {
    forgotten.add(userId);
    return Future.succeededFuture();
  }

  @Override
  public boolean isMember(String gateway) {
    return !gone.contains(gateway);
  }

  private boolean answers(String gateway) {
    return !silent.contains(gateway) && !gone.contains(gateway);
  }

  private static <T> Future<T> noAnswer() {
    return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "no answer"));
  }
}
