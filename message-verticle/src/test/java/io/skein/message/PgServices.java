package io.skein.message;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skein.embedded.PostgresAddress;
import io.skein.message.erase.EraseService;
import io.skein.message.expiry.ExpirySweeper;
import io.skein.message.export.ExportService;
import io.skein.message.group.GroupServices;
import io.skein.message.large.MembershipService;
import io.skein.message.large.WakeupSweeper;
import io.skein.message.retained.RetainedService;
import io.skein.message.retention.Retention;
import io.skein.message.retention.RetentionSweeper;
import io.skein.message.schedule.ScheduleService;
import io.skein.message.schedule.ScheduleSweeper;
import io.skein.message.search.SearchService;
import io.skein.message.settings.SettingsService;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BlockPeerRequest;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.internal.v1.EraseUserRequest;
import io.skein.protocol.internal.v1.MarkDeliveredReply;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The services of one instance over a real Postgres. Whoever is asked for exists, whatever is
 * delivered is kept for the test to see, and nobody sweeps the outbox but the test.
 */
final class PgServices implements AutoCloseable, Serving {
  private final EventLoop loop;
  private final PgConnections connections;
  private final Services services;
  private final SearchService search;
  private final ExpirySweeper expiry;
  private final EraseService erase;
  private final Map<String, BiFunction<Caller, Message, Future<? extends Message>>> methods =
      new HashMap<>();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<Broadcast> broadcasts = new ConcurrentLinkedQueue<>();

  PgServices(EventLoop loop, PostgresAddress server) {
    this.loop = loop;
    MessageConfig config = MessageConfig.defaults();
    this.connections =
        new PgConnections(loop.vertx(), PgConnectOptions.fromUri(server.uri()), config);
    this.services =
        Services.over(
            connections.stores(),
            new Surroundings(
                loop.vertx(),
                UUID.randomUUID(),
                UUID::randomUUID,
                new Random(1),
                asked -> Future.succeededFuture(new HashSet<>(asked)),
                all -> {
                  deliveries.addAll(all);
                  return Future.succeededFuture();
                },
                all -> {
                  broadcasts.addAll(all);
                  return Future.succeededFuture();
                },
                () -> Future.succeededFuture("memory"),
                new SimpleMeterRegistry()),
            config);
    PublicMethods.register(services, this);
    serve(
        "log.markDelivered",
        MarkDeliveredRequest.class,
        MarkDeliveredReply.class,
        (caller, request) -> services.marks().markDelivered(caller.deadline(), request));
    GroupServices groups =
        GroupServices.over(
            new GroupServices.Stores(
                connections.transactions(loop.vertx(), config.backoff(), new Random(2)),
                connections.reads(),
                UUID.randomUUID()),
            services.groupCalls(),
            new Invitees(
                asked -> Future.succeededFuture(known(asked)),
                connections.stores().conversations()::blockers),
            config.groupLimits(),
            UUID::randomUUID,
            new SecureRandom());
    groups.register(this);
    erase =
        new EraseService(
            connections.transactions(loop.vertx(), config.backoff(), new Random(6)),
            connections.reads(),
            groups.departures(),
            services.groupCalls(),
            UUID.randomUUID(),
            UUID::randomUUID);
    ExportService.over(connections.reads(), config.pages(), config.maxPageBytes()).register(this);
    search =
        SearchService.over(
            connections.transactions(loop.vertx(), config.backoff(), new Random(3)),
            connections.reads(),
            config.pages());
    search.register(this);
    expiry =
        new ExpirySweeper(
            connections.transactions(loop.vertx(), config.backoff(), new Random(4)),
            services.groupCalls(),
            UUID.randomUUID(),
            UUID::randomUUID);
    RetainedService.over(connections.reads(), config.pages(), config.maxPageBytes()).register(this);
    ScheduleService.over(connections.reads(), services.messages()::check, config.maxPageBytes())
        .register(this);
    SettingsService.over(
            connections.reads(), services.marks()::read, services.events()::settings, 65_536)
        .register(this);
  }

  /** Everybody exists but those whose name begins with "no". */
  private static Set<String> known(Collection<String> asked) {
    return asked.stream().filter(user -> !user.startsWith("no")).collect(Collectors.toSet());
  }

  @Override
  public <Q extends Message, R extends Message> void serve(
      String method, Class<Q> request, Class<R> reply, BiFunction<Caller, Q, Future<R>> answer) {
    methods.put(method, (caller, message) -> answer.apply(caller, request.cast(message)));
  }

  /** Calls a public method. */
  Future<Message> call(String method, String user, Message request) {
    return call(method, ServiceFixture.by(user), request);
  }

  Future<Message> call(String method, Caller caller, Message request) {
    return loop.start(() -> methods.get(method).apply(caller, request).map(Message.class::cast));
  }

  Future<SendReply> send(String from, SendRequest request) {
    return loop.start(() -> services.messages().send(ServiceFixture.by(from), request));
  }

  Services services() {
    return services;
  }

  /** All in one turn of the event loop, so that they go together as far as they may. */
  List<Future<SendReply>> sendTogether(String from, List<SendRequest> requests) {
    return loop.run(
        () ->
            Future.succeededFuture(
                requests.stream()
                    .map(request -> services.messages().send(ServiceFixture.by(from), request))
                    .toList()));
  }

  /** Sends them together, and each again until it has been acknowledged, as clients do. */
  List<Future<SendReply>> untilAcked(String from, List<SendRequest> requests) {
    List<Future<SendReply>> first = sendTogether(from, requests);
    return IntStream.range(0, requests.size())
        .mapToObj(i -> untilAcked(from, requests.get(i), first.get(i)))
        .toList();
  }

  private Future<SendReply> untilAcked(
      String from, SendRequest request, Future<SendReply> attempt) {
    return attempt.recover(
        failure ->
            failure instanceof SkeinException refused && refused.retryable()
                ? untilAcked(from, request, send(from, request))
                : Future.failedFuture(failure));
  }

  /** One step of erasing a user. */
  Future<EraseUserReply> erase(String user, String cursor) {
    return loop.start(
        () -> erase.erase(EraseUserRequest.newBuilder().setUserId(user).setCursor(cursor).build()));
  }

  /** To its end; answers in how many steps. */
  int erase(String user) {
    String cursor = "";
    for (int steps = 1; ; steps++) {
      EraseUserReply reply = Given.get(erase(user, cursor));
      if (!reply.getMore()) {
        return steps;
      }
      cursor = reply.getCursor();
    }
  }

  void index() {
    loop.run(search::follow);
  }

  /** Until all is taken in: a batch that is just being marked as delivered comes the next time. */
  void index(PgStores behind) {
    await()
        .until(
            () -> {
              index();
              return behind.number("SELECT count(*) FROM message.outbox WHERE NOT indexed") == 0;
            });
  }

  ExpirySweeper expiry() {
    return expiry;
  }

  /** How many messages have been recalled because their time was over. */
  int expire() {
    return loop.run(expiry::sweep);
  }

  /** How many scheduled messages have been sent or refused. */
  int sendScheduled() {
    return Given.get(sendScheduled(services.messages()::send));
  }

  /** The same by an instance that sends in another way. */
  Future<Integer> sendScheduled(BiFunction<Caller, SendRequest, Future<SendReply>> send) {
    return loop.start(new ScheduleSweeper(connections.reads(), send)::sweep);
  }

  /** A walk over all conversations, from the first one. */
  RetentionSweeper retention(Retention retention) {
    return new RetentionSweeper(
        connections.transactions(loop.vertx(), MessageConfig.defaults().backoff(), new Random(5)),
        retention,
        new UUID(0, 0));
  }

  /** Who of these is a member, and what has changed since. */
  MembershipsReply memberships(MembershipsRequest request) {
    return Given.get(
        loop.start(() -> new MembershipService(connections.reads()).memberships(request)));
  }

  /** Walks through large conversations; what is told goes to the given way. */
  Future<Integer> wake(Function<List<Delivery>, Future<Void>> deliver) {
    return loop.start(new WakeupSweeper(connections.reads(), deliver)::sweep);
  }

  /** From now on the user does not hear the other one, or hears it again. */
  void block(String user, String blocked, boolean block) {
    BlockPeerRequest request =
        BlockPeerRequest.newBuilder()
            .setUserId(user)
            .setBlockedId(blocked)
            .setBlocked(block)
            .build();
    Given.get(loop.start(() -> services.blocks().block(request)));
  }

  Queue<Broadcast> broadcasts() {
    return broadcasts;
  }

  void sweep() {
    loop.run(() -> services.sweeper().sweep());
  }

  Queue<Delivery> deliveries() {
    return deliveries;
  }

  Set<Integer> deliveredSeqs() {
    return deliveries.stream().map(Delivery::getSeq).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    Given.get(connections.close());
  }
}
