package io.skein.presence;

import com.google.protobuf.Timestamp;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Presence;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In Redis. Of a user, under one hash tag: a hash of devices ({@code epoch|boot|online}) with the
 * time of last being seen, and a hash of watchers (session to user). Of a session: the set of users
 * that it watches. Of a boot: the set of its users. Each command touches one slot.
 */
final class RedisPresenceStore implements PresenceStore {
  private static final String SEEN = "~seen";
  private static final String TOLD = "~told";
  private static final String BOOTS = "skein:presence:boots";

  /** KEYS: the user's hash. ARGV: device, epoch, boot, online (1 or 0), now. */
  private static final String APPLY =
      """
      local old = redis.call('HGET', KEYS[1], 'd:' .. ARGV[1])
      if old then
        local epoch, boot, online = string.match(old, '^(%d+)|([^|]*)|(%d)$')
        local later = tonumber(ARGV[2]) - tonumber(epoch)
        if later < 0 or (later == 0 and online == '0') then return 0 end
      end
      redis.call('HSET', KEYS[1], 'd:' .. ARGV[1], ARGV[2] .. '|' .. ARGV[3] .. '|' .. ARGV[4])
      if ARGV[4] == '0' then redis.call('HSET', KEYS[1], '~seen', ARGV[5]) end
      return 1
      """;

  /** KEYS: the user's hash. ARGV: boot, now. */
  private static final String END_BOOT =
      """
      local fields = redis.call('HGETALL', KEYS[1])
      for i = 1, #fields, 2 do
        local epoch, boot, online = string.match(fields[i + 1], '^(%d+)|([^|]*)|(%d)$')
        if boot == ARGV[1] and online == '1' then
          redis.call('HDEL', KEYS[1], fields[i])
          redis.call('HSET', KEYS[1], '~seen', ARGV[2])
        end
      end
      return 1
      """;

  private final RedisStore redis;

  RedisPresenceStore(RedisStore redis) {
    this.redis = redis;
  }

  @Override
  public Future<Presence> apply(SessionChange change, long nowMs) {
    Request apply =
        Request.cmd(Command.EVAL)
            .arg(APPLY)
            .arg(1)
            .arg(userKey(change.getUserId()))
            .arg(change.getDeviceId())
            .arg(change.getEpoch())
            .arg(change.getGatewayBoot())
            .arg(change.getOnline() ? "1" : "0")
            .arg(nowMs);
    Future<?> indexed = change.getOnline() ? index(change) : Future.succeededFuture();
    return indexed
        .compose(done -> redis.send(apply))
        .compose(done -> read(List.of(change.getUserId())))
        .map(List::getFirst);
  }

  /** Before the state, so that no user is online by a boot that does not name it. */
  private Future<?> index(SessionChange change) {
    return redis.batch(
        List.of(
            Request.cmd(Command.SADD).arg(BOOTS).arg(change.getGatewayBoot()),
            Request.cmd(Command.SADD)
                .arg(bootKey(change.getGatewayBoot()))
                .arg(change.getUserId())));
  }

  @Override
  public Future<List<Presence>> read(List<String> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<Request> reads =
        userIds.stream().map(user -> Request.cmd(Command.HGETALL).arg(userKey(user))).toList();
    return redis
        .batch(reads)
        .map(
            answers -> {
              List<Presence> found = new ArrayList<>(userIds.size());
              for (int i = 0; i < userIds.size(); i++) {
                found.add(presence(userIds.get(i), fields(answers.get(i))));
              }
              return found;
            });
  }

  @Override
  public Future<List<Presence>> untold(List<String> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<Request> reads =
        userIds.stream()
            .map(user -> Request.cmd(Command.HGET).arg(userKey(user)).arg(TOLD))
            .toList();
    return redis.batch(reads).compose(told -> read(userIds).map(now -> differing(now, told)));
  }

  private static List<Presence> differing(List<Presence> now, List<Response> told) {
    List<Presence> differing = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      String last = told.get(i) == null ? Presence.Status.OFFLINE.name() : told.get(i).toString();
      if (!now.get(i).getStatus().name().equals(last)) {
        differing.add(now.get(i));
      }
    }
    return differing;
  }

  @Override
  public Future<Void> told(List<Presence> presences) {
    List<Request> writes =
        presences.stream()
            .map(
                presence ->
                    Request.cmd(Command.HSET)
                        .arg(userKey(presence.getUserId()))
                        .arg(TOLD)
                        .arg(presence.getStatus().name()))
            .toList();
    return writes.isEmpty() ? Future.succeededFuture() : redis.batch(writes).mapEmpty();
  }

  private static Presence presence(String userId, Map<String, String> fields) {
    String seen = fields.remove(SEEN);
    boolean online = fields.values().stream().anyMatch(device -> device.endsWith("|1"));
    Presence.Builder presence = Presence.newBuilder().setUserId(userId);
    if (online) {
      return presence.setStatus(Presence.Status.ONLINE).build();
    }
    return seen == null ? presence.build() : presence.setLastSeenAt(time(seen)).build();
  }

  private static Timestamp time(String millis) {
    long value = Long.parseLong(millis);
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(value, 1_000))
        .setNanos(Math.floorMod(value, 1_000) * 1_000_000)
        .build();
  }

  @Override
  public Future<Set<String>> boots() {
    return redis.send(Request.cmd(Command.SMEMBERS).arg(BOOTS)).map(RedisPresenceStore::texts);
  }

  @Override
  public Future<List<Presence>> endBoot(String bootId, long nowMs) {
    return redis
        .send(Request.cmd(Command.SMEMBERS).arg(bootKey(bootId)))
        .map(RedisPresenceStore::texts)
        .compose(
            users ->
                endSessions(bootId, users, nowMs)
                    .compose(ended -> forget(bootId))
                    .compose(gone -> read(List.copyOf(users))));
  }

  private Future<?> endSessions(String bootId, Set<String> users, long nowMs) {
    List<Request> ends =
        users.stream()
            .map(
                user ->
                    Request.cmd(Command.EVAL)
                        .arg(END_BOOT)
                        .arg(1)
                        .arg(userKey(user))
                        .arg(bootId)
                        .arg(nowMs))
            .toList();
    return ends.isEmpty() ? Future.succeededFuture() : redis.batch(ends);
  }

  private Future<?> forget(String bootId) {
    return redis.batch(
        List.of(
            Request.cmd(Command.DEL).arg(bootKey(bootId)),
            Request.cmd(Command.SREM).arg(BOOTS).arg(bootId)));
  }

  @Override
  public Future<Integer> watch(String sessionId, String watcher, Collection<String> userIds) {
    List<Request> adds = new ArrayList<>();
    Request watched = Request.cmd(Command.SADD).arg(sessionKey(sessionId));
    for (String user : userIds) {
      watched.arg(user);
      adds.add(Request.cmd(Command.HSET).arg(watcherKey(user)).arg(sessionId).arg(watcher));
    }
    adds.add(Request.cmd(Command.SCARD).arg(sessionKey(sessionId)));
    return redis
        .send(watched)
        .compose(done -> redis.batch(adds))
        .map(answers -> answers.getLast().toInteger());
  }

  @Override
  public Future<Void> unwatch(String sessionId, Collection<String> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Request> removals = new ArrayList<>();
    Request watched = Request.cmd(Command.SREM).arg(sessionKey(sessionId));
    for (String user : userIds) {
      watched.arg(user);
      removals.add(Request.cmd(Command.HDEL).arg(watcherKey(user)).arg(sessionId));
    }
    removals.add(watched);
    return redis.batch(removals).mapEmpty();
  }

  @Override
  public Future<Void> unwatchAll(String sessionId) {
    return watched(sessionId).compose(users -> unwatch(sessionId, users));
  }

  @Override
  public Future<Set<String>> watched(String sessionId) {
    return redis
        .send(Request.cmd(Command.SMEMBERS).arg(sessionKey(sessionId)))
        .map(RedisPresenceStore::texts);
  }

  @Override
  public Future<Map<String, String>> watchers(String userId) {
    return redis
        .send(Request.cmd(Command.HGETALL).arg(watcherKey(userId)))
        .map(RedisPresenceStore::fields);
  }

  private static Map<String, String> fields(Response hash) {
    Map<String, String> fields = new HashMap<>();
    hash.getKeys().forEach(key -> fields.put(key, hash.get(key).toString()));
    return fields;
  }

  private static Set<String> texts(Response list) {
    Set<String> texts = new HashSet<>();
    list.forEach(member -> texts.add(member.toString()));
    return texts;
  }

  private static String userKey(String userId) {
    return "skein:presence:{" + userId + "}";
  }

  private static String watcherKey(String userId) {
    return "skein:watchers:{" + userId + "}";
  }

  private static String sessionKey(String sessionId) {
    return "skein:watching:{" + sessionId + "}";
  }

  private static String bootKey(String bootId) {
    return "skein:presence:boot:{" + bootId + "}";
  }
}
