package io.skein.message;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The services over a store in memory, with users alice, bob and carol. */
final class ServiceFixture implements BeforeEachCallback, AfterEachCallback {
  static final String ALICE = "alice";
  static final String BOB = "bob";
  static final String CAROL = "carol";

  private final EventLoop loop = new EventLoop();
  private final MemoryStores stores = MemoryStores.fresh();
  private final ScriptedStore entries = new ScriptedStore(stores.entries());
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Set<String> users = Set.of(ALICE, BOB, CAROL);
  private int accountQuestions;
  private boolean sessionsAway;
  private boolean deliveriesHeld;
  private final List<Broadcast> broadcasts = new ArrayList<>();
  private Services services;

  @Override
  public void beforeEach(ExtensionContext test) {
    loop.beforeEach(test);
    StoreSet set =
        new StoreSet(
            List.of(entries),
            stores.marks(),
            entries,
            stores.conversations(),
            stores.marks(),
            stores.outbox(),
            new UnusedLookups());
    Surroundings around =
        new Surroundings(
            loop.vertx(),
            UUID.randomUUID(),
            UUID::randomUUID,
            new Random(1),
            asked -> {
              accountQuestions++;
              return Future.succeededFuture(
                  asked.stream().filter(users::contains).collect(Collectors.toSet()));
            },
            delivered -> {
              if (sessionsAway) {
                return Future.failedFuture("there is no session service");
              }
              deliveries.addAll(delivered);
              return deliveriesHeld ? Promise.<Void>promise().future() : Future.succeededFuture();
            },
            sent -> {
              broadcasts.addAll(sent);
              return Future.succeededFuture();
            },
            () -> Future.succeededFuture("memory"),
            new SimpleMeterRegistry());
    services = Services.over(set, around, MessageConfig.defaults());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    loop.afterEach(test);
  }

  Services services() {
    return services;
  }

  MemoryStores stores() {
    return stores;
  }

  ScriptedStore entries() {
    return entries;
  }

  int accountQuestions() {
    return accountQuestions;
  }

  void sessionsAway(boolean away) {
    sessionsAway = away;
  }

  /** Deliveries from now on arrive, and are never acknowledged. */
  void holdDeliveries() {
    deliveriesHeld = true;
  }

  List<Broadcast> broadcasts() {
    run(Future::succeededFuture);
    return broadcasts;
  }

  List<Delivery> deliveries() {
    run(Future::succeededFuture); // Deliveries set off in a later turn than the reply.
    return deliveries;
  }

  List<Event> events() {
    return deliveries().stream().map(ServiceFixture::event).toList();
  }

  static Event event(Delivery delivery) {
    try {
      return Event.parseFrom(delivery.getEvent());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  <T> T run(Supplier<Future<T>> work) {
    return loop.run(work);
  }

  <T> Future<T> start(Supplier<Future<T>> work) {
    return loop.start(work);
  }

  /** The error that a call is answered with. */
  SkeinException refused(Supplier<Future<?>> work) {
    try {
      loop.run(() -> work.get().mapEmpty());
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof SkeinException refused) {
        return refused;
      }
      throw e;
    }
    throw new AssertionError("the call was answered");
  }

  ErrorCode refusal(Supplier<Future<?>> work) {
    return refused(work).code();
  }

  SendReply send(String from, SendRequest request) {
    return run(() -> services.messages().send(by(from), request));
  }

  static Caller by(String user) {
    return new Caller(
        user, user + "-session", Optional.empty(), Long.MAX_VALUE / 2 + System.nanoTime() / 2);
  }

  static SendRequest toUser(String user, String body) {
    return message(Target.newBuilder().setUserId(user), body);
  }

  static SendRequest toConversation(String id, String body) {
    return message(Target.newBuilder().setConversationId(id), body);
  }

  private static SendRequest message(Target.Builder to, String body) {
    return SendRequest.newBuilder()
        .setTo(to)
        .setClientMsgId(UUID.randomUUID().toString())
        .setText(Text.newBuilder().setBody(body))
        .build();
  }
}
