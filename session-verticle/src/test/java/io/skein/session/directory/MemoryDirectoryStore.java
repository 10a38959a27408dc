package io.skein.session.directory;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The directory in the memory of a test, which can lose it or be out of reach. */
final class MemoryDirectoryStore implements DirectoryStore {
  /** A record, or (without a session) a fence. */
  private record Field(long epoch, Optional<SessionRecord> session) {}

  private final Map<String, Map<String, Field>> users = new HashMap<>();
  private final Map<String, Long> beats = new HashMap<>();
  private int memory;
  private boolean reachable = true;
  private int reads;

  void setReachable(boolean reachable) {
    this.reachable = reachable;
  }

  void loseMemory() {
    users.clear();
    beats.clear();
    memory++;
  }

  int reads() {
    return reads;
  }

  @Override
  public Future<OpenOutcome> open(SessionRecord session, DevicePolicy policy) {
    return reach(
        () -> {
          Map<String, Field> fields = fields(session.userId());
          Field own = fields.get(session.deviceId());
          if (own != null && own.epoch() >= session.epoch()) {
            return new OpenOutcome.Stale();
          }
          List<SessionRecord> losers = new ArrayList<>();
          List<SessionRecord> rivals = new ArrayList<>();
          List<SessionRecord> kept = new ArrayList<>();
          for (SessionRecord other : sessions(session.userId())) {
            if (other.deviceId().equals(session.deviceId())) {
              boolean again =
                  other.gateway().equals(session.gateway())
                      && other.connection() == session.connection();
              if (!again) {
                losers.add(other);
              }
            } else {
              (competes(other, session, policy.rule()) ? rivals : kept).add(other);
            }
          }
          if (!rivals.isEmpty() && !policy.newerWins()) {
            return new OpenOutcome.Refused(sessions(session.userId()));
          }
          for (SessionRecord rival : rivals) {
            fields.put(rival.deviceId(), new Field(rival.epoch(), Optional.empty()));
          }
          fields.put(session.deviceId(), new Field(session.epoch(), Optional.of(session)));
          losers.addAll(rivals);
          return new OpenOutcome.Opened(losers, kept);
        });
  }

  private static boolean competes(SessionRecord a, SessionRecord b, DevicePolicy.Rule rule) {
    return switch (rule) {
      case ALL -> false;
      case SINGLE -> true;
      case ONE_PER_PLATFORM -> a.platform().equals(b.platform());
      case ONE_PER_CLASS -> DeviceClass.of(a.platform()).equals(DeviceClass.of(b.platform()));
    };
  }

  @Override
  public Future<List<Boolean>> remove(List<SessionRecord> sessions) {
    return reach(
        () ->
            sessions.stream()
                .map(
                    session -> {
                      boolean there =
                          sessions(session.userId()).stream()
                              .anyMatch(
                                  it ->
                                      it.deviceId().equals(session.deviceId())
                                          && it.isSame(session));
                      if (there) {
                        fields(session.userId()).remove(session.deviceId());
                      }
                      return there;
                    })
                .toList());
  }

  @Override
  public Future<Optional<SessionRecord>> fence(String userId, String deviceId, long epoch) {
    return reach(
        () -> {
          Field old = fields(userId).get(deviceId);
          if (old != null && old.epoch() > epoch) {
            return Optional.empty();
          }
          fields(userId).put(deviceId, new Field(epoch, Optional.empty()));
          return old == null ? Optional.empty() : old.session();
        });
  }

  @Override
  public Future<List<RestoreOutcome>> restore(List<SessionRecord> sessions) {
    return reach(() -> sessions.stream().map(this::restore).toList());
  }

  private RestoreOutcome restore(SessionRecord session) {
    Field there = fields(session.userId()).get(session.deviceId());
    if (there != null && there.epoch() > session.epoch()) {
      return RestoreOutcome.REFUSED;
    }
    if (there != null && there.epoch() == session.epoch()) {
      return there.session().filter(session::isSame).isPresent()
          ? RestoreOutcome.PRESENT
          : RestoreOutcome.REFUSED;
    }
    fields(session.userId())
        .put(session.deviceId(), new Field(session.epoch(), Optional.of(session)));
    return RestoreOutcome.WRITTEN;
  }

  @Override
  public Future<List<List<SessionRecord>>> read(List<String> userIds) {
    reads += userIds.size();
    return reach(() -> userIds.stream().map(this::sessions).toList());
  }

  @Override
  public Future<Void> beat(String gateway) {
    return reach(
        () -> {
          beats.merge(gateway, 1L, Long::sum);
          return null;
        });
  }

  @Override
  public Future<List<String>> beats(List<String> gateways) {
    return reach(() -> gateways.stream().map(it -> String.valueOf(beats.get(it))).toList());
  }

  @Override
  public Future<String> memory() {
    return reach(() -> "memory " + memory);
  }

  private Map<String, Field> fields(String userId) {
    return users.computeIfAbsent(userId, user -> new TreeMap<>());
  }

  private List<SessionRecord> sessions(String userId) {
    return fields(userId).values().stream().flatMap(field -> field.session().stream()).toList();
  }

  private <T> Future<T> reach(Supplier<T> action) {
    return reachable
        ? Future.succeededFuture(action.get())
        : Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "the test says so"));
  }
}
