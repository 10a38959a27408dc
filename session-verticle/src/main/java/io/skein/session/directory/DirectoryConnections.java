package io.skein.session.directory;

import io.skein.protocol.v1.Bye;
import io.skein.session.device.Connections;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Closes connections by user and device. */
final class DirectoryConnections implements Connections {
  private final Directory directory;
  private final Kicks kicks;
  private final Gateways gateways;

  DirectoryConnections(Directory directory, Kicks kicks, Gateways gateways) {
    this.directory = directory;
    this.kicks = kicks;
    this.gateways = gateways;
  }

  @Override
  public Future<Set<String>> online(String userId) {
    return directory
        .find(userId)
        .map(
            sessions ->
                sessions.stream()
                    .map(session -> session.record().deviceId())
                    .collect(Collectors.toSet()));
  }

  @Override
  public Future<Integer> close(String userId, Optional<String> deviceId, Bye bye, Duration budget) {
    directory.checkOwned(userId);
    return records(userId)
        .map(
            all ->
                all.stream()
                    .filter(it -> deviceId.isEmpty() || deviceId.get().equals(it.deviceId()))
                    .toList())
        .compose(
            sessions ->
                kicks
                    .close(sessions, bye, budget)
                    .compose(closed -> directory.removeAll(sessions).map(closed)));
  }

  /**
   * The connections are closed before their records go, so that a call that fails half-way finds
   * them again when it is repeated.
   */
  @Override
  public Future<Integer> shutOut(
      String userId, Map<String, Long> epochs, Bye bye, Duration budget) {
    directory.checkOwned(userId);
    return records(userId)
        .map(all -> all.stream().filter(it -> isBelow(it, epochs)).toList())
        .compose(
            sessions ->
                kicks
                    .close(sessions, bye, budget)
                    .compose(
                        closed ->
                            fence(userId, epochs)
                                .map(late -> without(late, sessions))
                                .compose(late -> kicks.close(late, bye, budget))
                                .map(more -> closed + more)));
  }

  @Override
  public Future<Void> forgetTokens(String userId, Duration budget) {
    return gateways.forgetTokens(userId, budget);
  }

  private Future<List<SessionRecord>> records(String userId) {
    return directory
        .find(userId)
        .map(sessions -> sessions.stream().map(LiveSession::record).toList());
  }

  private static boolean isBelow(SessionRecord session, Map<String, Long> epochs) {
    Long epoch = epochs.get(session.deviceId());
    return epoch != null && session.epoch() <= epoch;
  }

  /** Answers the sessions that were on record until now. */
  private Future<List<SessionRecord>> fence(String userId, Map<String, Long> epochs) {
    List<Future<Optional<SessionRecord>>> fences = new ArrayList<>();
    epochs.forEach(
        (deviceId, epoch) -> fences.add(directory.fence(new DeviceKey(userId, deviceId), epoch)));
    return Future.join(fences)
        .map(done -> fences.stream().flatMap(fence -> fence.result().stream()).toList());
  }

  /** Sessions that were being opened meanwhile. */
  private static List<SessionRecord> without(
      List<SessionRecord> sessions, List<SessionRecord> closed) {
    return sessions.stream().filter(it -> closed.stream().noneMatch(it::isSame)).toList();
  }
}
