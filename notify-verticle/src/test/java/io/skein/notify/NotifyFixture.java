package io.skein.notify;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.PostgresConfig;
import io.skein.mesh.store.RedisConfig;
import io.skein.mesh.store.RedisStore;
import io.skein.notify.queue.QueueConfig;
import io.skein.notify.queue.QueueSize;
import io.skein.notify.queue.RedisHintQueue;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.BadgesReply;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Notification;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notify on a local mesh, with a message service and a webhook that do as the test says. */
final class NotifyFixture {
  private static final Rpc<BadgesRequest, BadgesReply> BADGES =
      Rpc.of("log.badges", BadgesRequest.class, BadgesReply.class);
  private static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  final Vertx vertx = Vertx.vertx();
  final Mesh mesh = Mesh.local(vertx);
  final RedisStore redis;
  final List<Notification> posted = new CopyOnWriteArrayList<>();
  volatile Handler<HttpServerRequest> webhook = request -> request.response().end();
  private final Map<Topic, Badge> badges = new ConcurrentHashMap<>();
  volatile boolean messagesAway;
  private final Postgres postgres;
  private final URI url;

  NotifyFixture(PostgresAddress database, RedisAddress address) {
    postgres =
        new Postgres(
            vertx,
            PostgresConfig.of(
                database.host(),
                database.port(),
                database.database(),
                database.user(),
                database.password()));
    redis = new RedisStore(vertx, RedisConfig.of(address.uri()));
    url = listen();
    mesh.instance("message").handle(BADGES, call -> answer(call.request())).start().await();
  }

  private URI listen() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::receive);
    server.listen(0, "127.0.0.1").await();
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              posted.add(
                  (Notification)
                      JsonCodec.decode(body.toString(), Notification.getDefaultInstance()));
              webhook.handle(request);
            });
  }

  private Future<BadgesReply> answer(BadgesRequest request) {
    if (messagesAway) {
      return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "made up"));
    }
    BadgesReply.Builder reply = BadgesReply.newBuilder();
    request
        .getQueriesList()
        .forEach(
            query -> {
              Badge badge = badges.get(new Topic(query.getUserId(), query.getConversationId()));
              if (badge != null) {
                reply.addBadges(badge);
              }
            });
    return Future.succeededFuture(reply.build());
  }

  void unread(Badge badge) {
    badges.put(new Topic(badge.getUserId(), badge.getConversationId()), badge);
  }

  NotifyConfig config(Duration grace) {
    return config(grace, Duration.ofHours(1));
  }

  NotifyConfig config(Duration grace, Duration maxAge) {
    Duration lease = Duration.ofMillis(1200);
    return new NotifyConfig(
        new ProviderConfig.Webhook(url, "0123456789abcdef", Duration.ofSeconds(1), 8, false),
        new QueueConfig(1000, 1000, 100, 64, Duration.ofMillis(50), Duration.ofMillis(1300), 5),
        new Backoff(3, Duration.ofMillis(20), Duration.ofMillis(40)),
        grace,
        maxAge,
        256,
        lease,
        Duration.ofMillis(20),
        false);
  }

  String deploy(NotifyConfig config) {
    return vertx.deployVerticle(new NotifyVerticle(config, mesh, postgres, redis)).await();
  }

  void enqueue(Hint... hints) {
    mesh.bus()
        .callAny(
            ENQUEUE,
            EnqueueRequest.newBuilder().addAllHints(List.of(hints)).build(),
            CallContext.internal(Duration.ofSeconds(5)))
        .await();
  }

  RedisHintQueue queue() {
    return new RedisHintQueue(redis, config(Duration.ZERO).queue());
  }

  QueueSize size() {
    return queue().size().await();
  }

  void close() {
    vertx.close().await();
  }
}
