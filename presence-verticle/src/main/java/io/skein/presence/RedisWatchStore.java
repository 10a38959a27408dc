package io.skein.presence;

import io.skein.mesh.store.RedisStore;
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
 * In Redis. Of a user: a hash of those who watch it (session to user). Of a session: the set of
 * users that it watches. Of all: the sessions that watch. Each command touches one slot.
 */
final class RedisWatchStore implements WatchStore {
  private static final String WATCHING = "skein:watching";

  private final RedisStore redis;

  RedisWatchStore(RedisStore redis) {
    this.redis = redis;
  }

  @Override
  public Future<Integer> watch(String sessionId, String watcher, Collection<String> userIds) {
    List<Request> adds = new ArrayList<>();
    Request watched = Request.cmd(Command.SADD).arg(sessionKey(sessionId));
    for (String user : userIds) {
      watched.arg(user);
      adds.add(Request.cmd(Command.HSET).arg(watcherKey(user)).arg(sessionId).arg(watcher));
    }
    adds.add(Request.cmd(Command.SADD).arg(WATCHING).arg(sessionId));
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
    removals.add(Request.cmd(Command.SCARD).arg(sessionKey(sessionId)));
    return redis
        .batch(removals)
        .compose(answers -> answers.getLast().toInteger() == 0 ? idle(sessionId) : done());
  }

  private Future<Void> idle(String sessionId) {
    return redis.send(Request.cmd(Command.SREM).arg(WATCHING).arg(sessionId)).mapEmpty();
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> unwatchAll(String sessionId) {
    return watched(sessionId).compose(users -> unwatch(sessionId, users));
  }

  @Override
  public Future<Set<String>> watched(String sessionId) {
    return redis
        .send(Request.cmd(Command.SMEMBERS).arg(sessionKey(sessionId)))
        .map(RedisWatchStore::texts);
  }

  @Override
  public Future<Map<String, String>> watchers(String userId) {
    return redis
        .send(Request.cmd(Command.HGETALL).arg(watcherKey(userId)))
        .map(RedisWatchStore::fields);
  }

  @Override
  public Future<Long> watching() {
    return redis.send(Request.cmd(Command.SCARD).arg(WATCHING)).map(Response::toLong);
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

  private static String watcherKey(String userId) {
    return "skein:watchers:{" + userId + "}";
  }

  private static String sessionKey(String sessionId) {
    return "skein:watching:{" + sessionId + "}";
  }
}
