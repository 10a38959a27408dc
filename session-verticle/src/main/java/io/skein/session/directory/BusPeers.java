package io.skein.session.directory;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.mesh.Instance;
import io.skein.mesh.Ring;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.KickTarget;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other services, reached over the bus. */
final class BusPeers implements Gateways, Notify, Presence {
  private static final Logger LOG = LoggerFactory.getLogger(BusPeers.class);
  private static final Duration REPORT_BUDGET = Duration.ofSeconds(5);

  private final Bus bus;
  private final Ring ring;

  BusPeers(Bus bus, Ring ring) {
    this.bus = bus;
    this.ring = ring;
  }

  @Override
  public Future<PushReply> push(String gateway, PushRequest request, Duration budget) {
    return bus.callInstance(DirectoryMethods.PUSH, gateway, request, CallContext.internal(budget));
  }

  @Override
  public Future<Integer> kick(String gateway, List<KickTarget> targets, Bye bye, Duration budget) {
    KickConnectionsRequest request =
        KickConnectionsRequest.newBuilder().addAllTargets(targets).setBye(bye).build();
    return bus.callInstance(DirectoryMethods.KICK, gateway, request, CallContext.internal(budget))
        .map(KickConnectionsReply::getClosed);
  }

  @Override
  public Future<Void> forgetTokens(String userId, Duration budget) {
    ForgetTokensRequest request = ForgetTokensRequest.newBuilder().addUserIds(userId).build();
    return bus.callAll(DirectoryMethods.FORGET_TOKENS, request, CallContext.internal(budget))
        .mapEmpty();
  }

  @Override
  public boolean isMember(String gateway) {
    return ring.instances("gateway").stream().anyMatch(it -> it.id().equals(gateway));
  }

  @Override
  public Future<Void> enqueue(List<Hint> hints, Duration budget) {
    EnqueueRequest request = EnqueueRequest.newBuilder().addAllHints(hints).build();
    return bus.callAny(DirectoryMethods.ENQUEUE, request, CallContext.internal(budget)).mapEmpty();
  }

  @Override
  public Future<List<SessionChange>> report(List<SessionChange> changes) {
    Set<String> users = new HashSet<>();
    changes.forEach(change -> users.add(change.getUserId()));
    List<SessionChange> left = new ArrayList<>(changes);
    List<Future<Void>> reports = new ArrayList<>();
    ring.partition("presence", List.copyOf(users))
        .forEach(
            (instance, theirs) ->
                reports.add(
                    report(instance, of(theirs, changes)).onSuccess(left::removeAll).mapEmpty()));
    return Future.join(reports).transform(done -> Future.succeededFuture(left));
  }

  private Future<List<SessionChange>> report(Instance presence, List<SessionChange> changes) {
    ReportRequest request = ReportRequest.newBuilder().addAllChanges(changes).build();
    return bus.callInstance(
            DirectoryMethods.REPORT, presence.id(), request, CallContext.internal(REPORT_BUDGET))
        .onFailure(reason -> LOG.debug("Presence {} was not told", presence.id(), reason))
        .map(changes);
  }

  private static List<SessionChange> of(List<String> users, List<SessionChange> changes) {
    Set<String> wanted = new HashSet<>(users);
    return changes.stream().filter(change -> wanted.contains(change.getUserId())).toList();
  }
}
