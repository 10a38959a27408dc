package io.skein.session.directory;

import io.skein.mesh.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The directory in Redis: {@code skein:dir:{user}}, a hash with one field per device. */
public final class RedisDirectoryStore implements DirectoryStore {
  private static final String MEMORY_KEY = "skein:epoch";
  private static final int BEAT_SECONDS = 3600;

  private static final LuaScript OPEN = LuaScript.load("open.lua");
  private static final LuaScript REMOVE = LuaScript.load("remove.lua");
  private static final LuaScript FENCE = LuaScript.load("fence.lua");
  private static final LuaScript RESTORE = LuaScript.load("restore.lua");

  private final RedisStore redis;

  public RedisDirectoryStore(RedisStore redis) {
    this.redis = redis;
  }

  @Override
  public Future<OpenOutcome> open(SessionRecord session, DevicePolicy policy) {
    Request call =
        OPEN.on(
            key(session.userId()),
            session.deviceId(),
            RecordCodec.encode(session),
            policy.rule().name(),
            policy.newerWins() ? "1" : "0");
    return redis.send(call).map(answer -> outcome(session.userId(), answer));
  }

  private static OpenOutcome outcome(String userId, Response answer) {
    return switch (answer.get(0).toString()) {
      case "stale" -> new OpenOutcome.Stale();
      case "refused" -> new OpenOutcome.Refused(records(userId, answer, 2, answer.size()));
      case "opened" -> {
        int kept = 2 + 2 * answer.get(1).toInteger();
        yield new OpenOutcome.Opened(
            records(userId, answer, 2, kept), records(userId, answer, kept, answer.size()));
      }
      default -> throw new IllegalStateException("open.lua answered " + answer);
    };
  }

  @Override
  public Future<List<Boolean>> remove(List<SessionRecord> sessions) {
    List<Request> calls = new ArrayList<>(sessions.size());
    for (SessionRecord session : sessions) {
      calls.add(
          REMOVE.on(
              key(session.userId()),
              session.deviceId(),
              Long.toString(session.epoch()),
              session.sessionId()));
    }
    return batch(calls)
        .map(answers -> answers.stream().map(answer -> answer.toInteger() == 1).toList());
  }

  @Override
  public Future<Optional<SessionRecord>> fence(String userId, String deviceId, long epoch) {
    return redis
        .send(FENCE.on(key(userId), deviceId, Long.toString(epoch)))
        .map(
            value ->
                value == null
                    ? Optional.empty()
                    : RecordCodec.decode(userId, deviceId, value.toString()));
  }

  @Override
  public Future<List<RestoreOutcome>> restore(List<SessionRecord> sessions) {
    List<Request> calls = new ArrayList<>(sessions.size());
    for (SessionRecord session : sessions) {
      calls.add(RESTORE.on(key(session.userId()), session.deviceId(), RecordCodec.encode(session)));
    }
    return batch(calls)
        .map(
            answers ->
                answers.stream()
                    .map(answer -> RestoreOutcome.values()[answer.toInteger()])
                    .toList());
  }

  @Override
  public Future<List<List<SessionRecord>>> read(List<String> userIds) {
    List<Request> calls = new ArrayList<>(userIds.size());
    for (String userId : userIds) {
      calls.add(Request.cmd(Command.HGETALL).arg(key(userId)));
    }
    return batch(calls)
        .map(
            answers -> {
              List<List<SessionRecord>> sessions = new ArrayList<>(answers.size());
              for (int i = 0; i < answers.size(); i++) {
                sessions.add(hash(userIds.get(i), answers.get(i)));
              }
              return sessions;
            });
  }

  /** Under RESP 3 a hash is a map of its own kind, under RESP 2 a flat list. */
  private static List<SessionRecord> hash(String userId, Response hash) {
    List<SessionRecord> sessions = new ArrayList<>();
    for (String deviceId : hash.getKeys()) {
      RecordCodec.decode(userId, deviceId, hash.get(deviceId).toString()).ifPresent(sessions::add);
    }
    return sessions;
  }

  @Override
  public Future<Void> beat(String gateway) {
    return batch(
            List.of(
                Request.cmd(Command.INCR).arg(beatKey(gateway)),
                Request.cmd(Command.EXPIRE).arg(beatKey(gateway)).arg(BEAT_SECONDS)))
        .mapEmpty();
  }

  @Override
  public Future<List<String>> beats(List<String> gateways) {
    return batch(gateways.stream().map(it -> Request.cmd(Command.GET).arg(beatKey(it))).toList())
        .map(answers -> answers.stream().map(String::valueOf).toList());
  }

  @Override
  public Future<String> memory() {
    return batch(
            List.of(
                Request.cmd(Command.SET)
                    .arg(MEMORY_KEY)
                    .arg(UUID.randomUUID().toString())
                    .arg("NX"),
                Request.cmd(Command.GET).arg(MEMORY_KEY)))
        .map(answers -> answers.get(1).toString());
  }

  private Future<List<Response>> batch(List<Request> calls) {
    return calls.isEmpty() ? Future.succeededFuture(List.of()) : redis.batch(calls);
  }

  private static List<SessionRecord> records(String userId, Response answer, int from, int to) {
    List<SessionRecord> sessions = new ArrayList<>();
    for (int i = from; i < to; i += 2) {
      RecordCodec.decode(userId, answer.get(i).toString(), answer.get(i + 1).toString())
          .ifPresent(sessions::add);
    }
    return sessions;
  }

  /** The hash tag keeps what concerns a user in one slot of a Redis cluster. */
  private static String key(String userId) {
    return "skein:dir:{" + userId + "}";
  }

  private static String beatKey(String gateway) {
    return "skein:beat:" + gateway;
  }
}
