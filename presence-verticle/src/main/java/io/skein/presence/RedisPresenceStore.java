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
 * In Redis. Of a user: a hash of devices ({@code epoch|boot|online|session}) with the time of last
 * being seen, what watchers were told last, and what they are being told. Of a boot: the set of its
 * users. Of all: the users with a change that is not settled, by its time, and those who are told
 * to be online. Each command touches one slot.
 */
final class RedisPresenceStore implements PresenceStore {
  private static final String DEVICE = "d:";
  private static final String SEEN = "~seen";
  private static final String TOLD = "~told";
  private static final String TELLING = "~telling";
  private static final String BOOTS = "skein:presence:boots";
  private static final String ONLINE = "skein:presence:online";
  private static final String UNSETTLED = "skein:presence:unsettled";

  /** KEYS: the unsettled. ARGV: user, now. Every change has a time of its own. */
  private static final String UNSETTLE =
      """
      local now = tonumber(ARGV[2])
      local last = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
      redis.call('ZADD', KEYS[1], math.max(now, last + 1), ARGV[1])
      return 1
      """;

  /** KEYS: the unsettled. ARGV: user, the time of the change that was told. */
  private static final String SETTLE =
      """
      if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0) <= tonumber(ARGV[2]) then
        redis.call('ZREM', KEYS[1], ARGV[1])
      end
      return 1
      """;

  /** A late report of a device is told from a new one as long as its last one is remembered. */
  private static final int REMEMBERED_DEVICES = 32;

  /**
   * KEYS: the user's hash. ARGV: device, epoch, boot, online (1 or 0), now, session, how many
   * devices to remember: beyond, those that went first are forgotten.
   */
  private static final String APPLY =
      """
      local old = redis.call('HGET', KEYS[1], 'd:' .. ARGV[1])
      if old then
        local epoch, boot, online = string.match(old, '^(%d+)|([^|]*)|(%d)|')
        local later = tonumber(ARGV[2]) - tonumber(epoch)
        if later < 0 or (later == 0 and online == '0') then return 0 end
      end
      local state = ARGV[2] .. '|' .. ARGV[3] .. '|' .. ARGV[4] .. '|' .. ARGV[6]
      redis.call('HSET', KEYS[1], 'd:' .. ARGV[1], state)
      if ARGV[4] == '0' then redis.call('HSET', KEYS[1], '~seen', ARGV[5]) end
      local most = tonumber(ARGV[7])
      if redis.call('HLEN', KEYS[1]) <= most then return 1 end
      local fields = redis.call('HGETALL', KEYS[1])
      local gone = {}
      for i = 1, #fields, 2 do
        local epoch, online = string.match(fields[i + 1], '^(%d+)|[^|]*|(%d)|')
        if online == '0' then gone[#gone + 1] = {tonumber(epoch), fields[i]} end
      end
      table.sort(gone, function(a, b) return a[1] < b[1] end)
      for i = 1, #gone - most do redis.call('HDEL', KEYS[1], gone[i][2]) end
      return 1
      """;

  /** KEYS: the user's hash. ARGV: boot, now. Answers the sessions that it ended. */
  private static final String END_BOOT =
      """
      local fields = redis.call('HGETALL', KEYS[1])
      local ended = {}
      for i = 1, #fields, 2 do
        local epoch, boot, online, session =
            string.match(fields[i + 1], '^(%d+)|([^|]*)|(%d)|(.*)$')
        if boot == ARGV[1] and online == '1' then
          redis.call('HDEL', KEYS[1], fields[i])
          redis.call('HSET', KEYS[1], '~seen', ARGV[2])
          ended[#ended + 1] = session
        end
      end
      return ended
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
            .arg(nowMs)
            .arg(change.getSessionId())
            .arg(REMEMBERED_DEVICES);
    Future<?> indexed = change.getOnline() ? index(change) : Future.succeededFuture();
    return unsettle(List.of(change.getUserId()), nowMs)
        .compose(done -> indexed)
        .compose(done -> redis.send(apply))
        .compose(done -> read(List.of(change.getUserId())))
        .map(List::getFirst);
  }

  /** Before the change itself, so that none is forgotten whoever dies between the two. */
  private Future<?> unsettle(Collection<String> users, long nowMs) {
    List<Request> marks =
        users.stream()
            .map(
                user ->
                    Request.cmd(Command.EVAL)
                        .arg(UNSETTLE)
                        .arg(1)
                        .arg(UNSETTLED)
                        .arg(user)
                        .arg(nowMs))
            .toList();
    return marks.isEmpty() ? Future.succeededFuture() : redis.batch(marks);
  }

  @Override
  public Future<Map<String, Long>> unsettled(List<String> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Request> reads =
        userIds.stream().map(user -> Request.cmd(Command.ZSCORE).arg(UNSETTLED).arg(user)).toList();
    return redis
        .batch(reads)
        .map(
            times -> {
              Map<String, Long> found = new HashMap<>();
              for (int i = 0; i < userIds.size(); i++) {
                if (times.get(i) != null) {
                  found.put(userIds.get(i), times.get(i).toLong());
                }
              }
              return found;
            });
  }

  @Override
  public Future<List<String>> unsettledBefore(long timeMs, int limit) {
    Request oldest =
        Request.cmd(Command.ZRANGEBYSCORE)
            .arg(UNSETTLED)
            .arg("-inf")
            .arg(timeMs)
            .arg("LIMIT")
            .arg(0)
            .arg(limit);
    return redis.send(oldest).map(users -> List.copyOf(texts(users)));
  }

  @Override
  public Future<Void> settle(Map<String, Long> told) {
    List<Request> settles = new ArrayList<>();
    told.forEach(
        (user, time) ->
            settles.add(
                Request.cmd(Command.EVAL).arg(SETTLE).arg(1).arg(UNSETTLED).arg(user).arg(time)));
    return write(settles);
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
    return read(userIds, false);
  }

  @Override
  public Future<List<Presence>> shown(List<String> userIds) {
    return read(userIds, true);
  }

  private Future<List<Presence>> read(List<String> userIds, boolean asTold) {
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
                found.add(presence(userIds.get(i), fields(answers.get(i)), asTold));
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
  public Future<Void> telling(List<Presence> presences) {
    return write(presences.stream().map(presence -> status(presence, TELLING)).toList());
  }

  @Override
  public Future<Void> told(List<Presence> presences) {
    List<Request> writes = new ArrayList<>();
    for (Presence presence : presences) {
      boolean online = presence.getStatus() == Presence.Status.ONLINE;
      writes.add(status(presence, TOLD));
      writes.add(
          Request.cmd(online ? Command.SADD : Command.SREM).arg(ONLINE).arg(presence.getUserId()));
    }
    return write(writes);
  }

  private static Request status(Presence presence, String field) {
    return Request.cmd(Command.HSET)
        .arg(userKey(presence.getUserId()))
        .arg(field)
        .arg(presence.getStatus().name());
  }

  private Future<Void> write(List<Request> writes) {
    return writes.isEmpty() ? Future.succeededFuture() : redis.batch(writes).mapEmpty();
  }

  @Override
  public Future<Void> forget(String userId) {
    return write(
        List.of(
            Request.cmd(Command.DEL).arg(userKey(userId)),
            Request.cmd(Command.ZREM).arg(UNSETTLED).arg(userId),
            Request.cmd(Command.SREM).arg(ONLINE).arg(userId)));
  }

  @Override
  public Future<Long> online() {
    return redis.send(Request.cmd(Command.SCARD).arg(ONLINE)).map(Response::toLong);
  }

  private static Presence presence(String userId, Map<String, String> fields, boolean asTold) {
    String seen = fields.get(SEEN);
    boolean stillTold = asTold && Presence.Status.ONLINE.name().equals(fields.get(TELLING));
    boolean online =
        stillTold
            || fields.entrySet().stream()
                .filter(field -> field.getKey().startsWith(DEVICE))
                .anyMatch(device -> device.getValue().split("\\|", 4)[2].equals("1"));
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
  public Future<Ended> endBoot(String bootId, long nowMs) {
    return redis
        .send(Request.cmd(Command.SMEMBERS).arg(bootKey(bootId)))
        .map(RedisPresenceStore::texts)
        .compose(
            users ->
                unsettle(users, nowMs)
                    .compose(done -> endSessions(bootId, users, nowMs))
                    .compose(
                        sessions ->
                            forgetBoot(bootId)
                                .compose(gone -> read(List.copyOf(users)))
                                .map(after -> new Ended(after, sessions))));
  }

  private Future<Set<String>> endSessions(String bootId, Set<String> users, long nowMs) {
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
    if (ends.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    return redis
        .batch(ends)
        .map(
            answers -> {
              Set<String> sessions = new HashSet<>();
              answers.forEach(ended -> sessions.addAll(texts(ended)));
              return sessions;
            });
  }

  private Future<?> forgetBoot(String bootId) {
    return redis.batch(
        List.of(
            Request.cmd(Command.DEL).arg(bootKey(bootId)),
            Request.cmd(Command.SREM).arg(BOOTS).arg(bootId)));
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

  private static String bootKey(String bootId) {
    return "skein:presence:boot:{" + bootId + "}";
  }
}
