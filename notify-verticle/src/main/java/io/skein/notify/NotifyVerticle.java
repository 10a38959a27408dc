package io.skein.notify;

import io.skein.mesh.Instance;
import io.skein.mesh.Mesh;
import io.skein.mesh.Repeating;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.notify.provider.ConsoleProvider;
import io.skein.notify.provider.PushProvider;
import io.skein.notify.provider.WebhookProvider;
import io.skein.notify.queue.HintQueue;
import io.skein.notify.queue.QueueReader;
import io.skein.notify.queue.RedisHintQueue;
import io.skein.protocol.Rpc;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.ForgetUserReply;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The notify service: the door of the durable queue, and one consumer of it. */
public final class NotifyVerticle extends VerticleBase {
  private static final String SERVICE = "notify";
  private static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  private static final Rpc<ForgetUserRequest, ForgetUserReply> FORGET =
      Rpc.of("notifyqueue.forget", ForgetUserRequest.class, ForgetUserReply.class);

  /** Rows of one call. */
  private static final int FORGOTTEN = 1000;

  private final NotifyConfig config;
  private final Mesh mesh;
  private final Postgres postgres;
  private final RedisStore redis;

  private ServiceInstance instance;
  private PushProvider provider;
  private Intake intake;
  private Repeating upkeep;

  /** The stores stay open when this verticle ends. */
  public NotifyVerticle(NotifyConfig config, Mesh mesh, Postgres postgres, RedisStore redis) {
    this.config = config;
    this.mesh = mesh;
    this.postgres = postgres;
    this.redis = redis;
  }

  @Override
  public Future<?> start() {
    HintQueue queue = new RedisHintQueue(redis, config.queue());
    NotifyMetrics metrics = new NotifyMetrics(mesh.meters());
    EnqueueService door = new EnqueueService(queue, config.grace(), mesh.clock());
    instance =
        mesh.instance(SERVICE)
            .handle(ENQUEUE, call -> door.enqueue(call.request()))
            .handle(FORGET, call -> forget(call.request()));
    provider = provider(config.provider());
    intake = intake(notifier(queue, metrics));
    upkeep = keepUp(queue, metrics);
    intake.start();
    return instance.start();
  }

  private Future<ForgetUserReply> forget(ForgetUserRequest request) {
    return new PgNotifiedStore(postgres.pool())
        .forget(UserIds.check(request.getUserId(), "userId"), FORGOTTEN)
        .map(gone -> ForgetUserReply.newBuilder().setMore(gone == FORGOTTEN).build());
  }

  private PushProvider provider(ProviderConfig kind) {
    return switch (kind) {
      case ProviderConfig.Console console -> new ConsoleProvider();
      case ProviderConfig.Webhook hook ->
          new WebhookProvider(
              vertx,
              hook.url(),
              hook.secret(),
              hook.timeout(),
              hook.maxConnections(),
              mesh.clock());
    };
  }

  private Notifier notifier(HintQueue queue, NotifyMetrics metrics) {
    NotifiedStore notified = new PgNotifiedStore(postgres.pool());
    Settlement settlement =
        new Settlement(queue, config.backoff(), ThreadLocalRandom.current(), metrics);
    NotificationWriter writer = new NotificationWriter(config.preview());
    Sender sender = new Sender(provider, writer, notified, settlement, metrics);
    return new Notifier(
        config, new BusBadges(mesh.bus()), notified, sender, settlement, mesh.clock());
  }

  private Intake intake(Notifier notifier) {
    QueueReader reader = new QueueReader(redis, config.queue(), instance.id());
    return new Intake(vertx, reader, config.maxInFlight(), notifier::process);
  }

  private Repeating keepUp(HintQueue queue, NotifyMetrics metrics) {
    Upkeep work =
        new Upkeep(queue, intake, instance.id(), this::consumers, metrics, config.queue().batch());
    return Repeating.start(vertx, "upkeep of the notify queue", config.upkeep(), work::run);
  }

  private Set<String> consumers() {
    return mesh.ring().instances(SERVICE).stream().map(Instance::id).collect(Collectors.toSet());
  }

  /** A read that waits, and one attempt at what it brought. */
  private Duration longestStop() {
    return config.queue().block().plus(config.provider().timeout()).plusSeconds(2);
  }

  @Override
  public Future<?> stop() {
    return instance
        .drain()
        .eventually(upkeep::stop)
        .eventually(() -> intake.stop().timeout(longestStop().toMillis(), TimeUnit.MILLISECONDS))
        .eventually(provider::close);
  }
}
