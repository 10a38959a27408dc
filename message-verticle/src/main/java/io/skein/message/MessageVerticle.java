package io.skein.message;

import com.google.protobuf.Message;
import io.skein.mesh.Call;
import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.PostgresConfig;
import io.skein.message.erase.EraseService;
import io.skein.message.expiry.ExpirySweeper;
import io.skein.message.export.ExportService;
import io.skein.message.group.GroupServices;
import io.skein.message.large.MembershipService;
import io.skein.message.large.WakeupSweeper;
import io.skein.message.retained.RetainedService;
import io.skein.message.retention.RetentionSweeper;
import io.skein.message.schedule.ScheduleService;
import io.skein.message.schedule.ScheduleSweeper;
import io.skein.message.search.SearchService;
import io.skein.message.settings.SettingsService;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BadgesReply;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.BlockPeerReply;
import io.skein.protocol.internal.v1.BlockPeerRequest;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.internal.v1.EraseUserRequest;
import io.skein.protocol.internal.v1.MarkDeliveredReply;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgConnectOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** The conversation log on the mesh. Several instances may run in one process and in many. */
public final class MessageVerticle extends VerticleBase {
  private static final String SERVICE = "message";

  private final Mesh mesh;
  private final PostgresConfig postgres;
  private final MessageConfig config;

  private final UUID bootId = UUID.randomUUID();

  private ServiceInstance instance;
  private PgConnections connections;
  private Services services;
  private List<Repeating> repeating;

  /**
   * One instance.
   *
   * @param postgres a migrated database
   */
  public MessageVerticle(Mesh mesh, PostgresConfig postgres, MessageConfig config) {
    this.mesh = mesh;
    this.postgres = postgres;
    this.config = config;
  }

  @Override
  public Future<?> start() {
    SecureRandom random = new SecureRandom();
    connections = new PgConnections(vertx, options(postgres), config);
    SessionFanout fanout = new SessionFanout(mesh.bus(), mesh.ring(), config.deliveryBudget());
    services =
        Services.over(
            connections.stores(),
            new Surroundings(
                vertx,
                bootId,
                UUID::randomUUID,
                random,
                new SessionAccounts(mesh.bus(), config.callBudget()),
                fanout,
                new GatewayBroadcast(mesh.bus(), mesh.ring(), config.deliveryBudget()),
                new BusSessionMemory(mesh.bus(), config.callBudget()),
                mesh.meters()),
            config);
    SearchService search =
        SearchService.over(transactions(random), connections.reads(), config.pages());
    instance = mesh.instance(SERVICE);
    registerLog();
    PublicMethods.register(services, this::serve);
    GroupServices groups = groups(random);
    groups.register(this::serve);
    erasure(groups, random);
    ExportService.over(connections.reads(), config.pages(), config.maxPageBytes())
        .register(this::serve);
    search.register(this::serve);
    RetainedService.over(connections.reads(), config.pages(), config.maxPageBytes())
        .register(this::serve);
    SettingsService.over(
            connections.reads(),
            services.marks()::read,
            services.events()::settings,
            config.maxBodyBytes())
        .register(this::serve);
    ScheduleService.over(connections.reads(), services.messages()::check, config.maxPageBytes())
        .register(this::serve);
    repeat(random, search, new WakeupSweeper(connections.reads(), fanout::deliver));
    return instance.start();
  }

  private void repeat(SecureRandom random, SearchService search, WakeupSweeper wakeups) {
    Duration often = config.outboxSweep();
    ExpirySweeper expiry =
        new ExpirySweeper(transactions(random), services.groupCalls(), bootId, UUID::randomUUID);
    RetentionSweeper retention =
        new RetentionSweeper(transactions(random), config.retention(), bootId);
    ScheduleSweeper schedule = new ScheduleSweeper(connections.reads(), services.messages()::send);
    OutboxSweeper outbox = services.sweeper();
    repeating =
        List.of(
            new Repeating(vertx, often, random, outbox::sweep),
            new Repeating(vertx, often, random, services.replay()::check),
            new Repeating(vertx, often, random, search::follow),
            new Repeating(vertx, often, random, expiry::sweep),
            new Repeating(vertx, often, random, retention::sweep),
            new Repeating(vertx, often, random, schedule::sweep),
            new Repeating(vertx, often, random, wakeups::sweep),
            new Repeating(
                vertx,
                config.outboxRemoval(),
                random,
                () -> outbox.removeDone(config.outboxKeep())));
    repeating.forEach(Repeating::start);
  }

  private Transactions transactions(SecureRandom random) {
    return connections.transactions(vertx, config.backoff(), random);
  }

  private GroupServices groups(SecureRandom random) {
    return GroupServices.over(
        new GroupServices.Stores(transactions(random), connections.reads(), bootId),
        services.groupCalls(),
        services.invitees(),
        config.groupLimits(),
        UUID::randomUUID,
        random);
  }

  private void erasure(GroupServices groups, SecureRandom random) {
    EraseService erase =
        new EraseService(
            transactions(random),
            connections.reads(),
            groups.departures(),
            services.groupCalls(),
            bootId,
            UUID::randomUUID);
    instance.handle(
        Rpc.of("log.erase", EraseUserRequest.class, EraseUserReply.class),
        call -> erase.erase(call.request()));
  }

  private static PgConnectOptions options(PostgresConfig postgres) {
    return new PgConnectOptions()
        .setHost(postgres.host())
        .setPort(postgres.port())
        .setDatabase(postgres.database())
        .setUser(postgres.user())
        .setPassword(postgres.password());
  }

  private void registerLog() {
    instance.handle(
        Rpc.of("log.markDelivered", MarkDeliveredRequest.class, MarkDeliveredReply.class),
        call -> services.marks().markDelivered(deadline(call), call.request()));
    instance.handle(
        Rpc.of("log.badges", BadgesRequest.class, BadgesReply.class),
        call -> services.marks().badges(call.request()));
    MembershipService memberships = new MembershipService(connections.reads());
    instance.handle(
        Rpc.of("log.memberships", MembershipsRequest.class, MembershipsReply.class),
        call -> memberships.memberships(call.request()));
    instance.handle(
        Rpc.of("log.block", BlockPeerRequest.class, BlockPeerReply.class),
        call -> services.blocks().block(call.request()));
  }

  private <Q extends Message, R extends Message> void serve(
      String method, Class<Q> request, Class<R> reply, BiFunction<Caller, Q, Future<R>> answer) {
    instance.handle(
        Rpc.of(method, request, reply), call -> answer.apply(caller(call), call.request()));
  }

  /** Clocks differ, so what is left of the caller's time is put on our own. */
  private static <Q> long deadline(Call<Q> call) {
    return System.nanoTime() + call.remaining().toNanos();
  }

  private static <Q> Caller caller(Call<Q> call) {
    if (call.caller().getUserId().isEmpty()) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "this is done by a user, or by a backend on behalf of one");
    }
    Optional<UUID> predecessor =
        call.predecessor().isEmpty()
            ? Optional.empty()
            : Optional.of(ConversationIds.parse(call.predecessor(), "predecessor"));
    return new Caller(
        call.caller().getUserId(),
        call.caller().getSessionId(),
        call.caller().getDeviceId(),
        predecessor,
        deadline(call));
  }

  /** Takes no new calls, finishes what it has, then lets go of the database. */
  @Override
  public Future<?> stop() {
    repeating.forEach(Repeating::stop);
    return instance
        .drain()
        .transform(drained -> new Drain(vertx, services, config.drainTime()).done())
        .eventually(connections::close);
  }
}
