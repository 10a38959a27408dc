package io.skein.session.directory;

import static io.skein.session.Outcomes.await;

import com.google.protobuf.ByteString;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.Hint;
import io.skein.session.TestClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of one instance's directory, on a store in memory and gateways that are fakes. */
final class DirectoryFixture {
  static final Duration BUDGET = Duration.ofSeconds(5);
  static final DevicePolicy ALL = DevicePolicy.DEFAULT;

  final TestClock clock = new TestClock();
  final MemoryDirectoryStore store;
  final DirectoryMemory memory = new DirectoryMemory(clock::nanos);
  final Set<String> foreign = new HashSet<>();
  final List<String> changes = new ArrayList<>();
  final FakeGateways gateways = new FakeGateways();
  final List<Hint> hints = new ArrayList<>();
  final PushCounters counters = new PushCounters();
  final MemoryEpochs epochs = new MemoryEpochs();
  final Directory directory;
  final DeliveryService deliveries;
  final StoreMemory storeMemory;
  final ReconcileService reconciles;
  final Liveness liveness;
  boolean notifyAnswers = true;

  DirectoryFixture() {
    this(new MemoryDirectoryStore());
  }

  /** Another instance on the same store. */
  DirectoryFixture(MemoryDirectoryStore store) {
    this.store = store;
    directory =
        new Directory(
            store, memory, userId -> !foreign.contains(userId), new Changes(), clock::nanos);
    deliveries = new DeliveryService(directory, counters, gateways, this::enqueue, clock::nanos);
    storeMemory = new StoreMemory(store);
    reconciles = new ReconcileService(directory, memory, epochs, storeMemory, clock::nanos);
    liveness =
        new Liveness(directory, memory, store, gateways, Duration.ofSeconds(10), clock::nanos);
  }

  private final class Changes implements SessionChanges {
    @Override
    public void opened(SessionRecord session) {
      changes.add("+" + session.userId() + "/" + session.deviceId());
    }

    @Override
    public void closed(SessionRecord session) {
      changes.add("-" + session.userId() + "/" + session.deviceId() + " " + session.gatewayBoot());
    }
  }

  private Future<Void> enqueue(List<Hint> more, Duration budget) {
    if (!notifyAnswers) {
      return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "no queue"));
    }
    hints.addAll(more);
    return Future.succeededFuture();
  }

  /** Opens a session at a gateway, with the next epoch of its device. */
  SessionRecord open(String userId, String platform, String gateway, long connection) {
    DeviceKey device = new DeviceKey(userId, "d-" + platform);
    SessionRecord session =
        Sessions.of(userId, device.deviceId(), platform, epochs.next(device), gateway, connection);
    await(directory.open(session, ALL));
    return session;
  }

  void deliver(Delivery... deliveries) {
    await(tryDeliver(deliveries));
  }

  Future<Void> tryDeliver(Delivery... all) {
    DeliverRequest request = DeliverRequest.newBuilder().addAllDeliveries(List.of(all)).build();
    return deliveries.deliver(request, BUDGET).mapEmpty();
  }

  /** An entry of alice's to these users. */
  static Delivery entry(int seq, String... recipients) {
    return Delivery.newBuilder()
        .setEvent(ByteString.copyFromUtf8("entry " + seq))
        .addAllRecipients(List.of(recipients))
        .setConversationId("c1")
        .setSeq(seq)
        .setSender("alice")
        .build();
  }

  /** Session and number of each push so far, of all gateways. */
  List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (FakeGateways.Pushed pushed : gateways.pushed) {
      pushed
          .request()
          .getPushesList()
          .forEach(
              push ->
                  push.getTargetsList()
                      .forEach(it -> numbers.add(it.getSessionId() + " #" + it.getPush())));
    }
    return numbers;
  }

  /** Fences in memory. */
  static final class MemoryEpochs implements EpochStore {
    private final Map<DeviceKey, Long> epochs = new HashMap<>();

    long next(DeviceKey device) {
      return epochs.merge(device, 1L, Long::sum);
    }

    @Override
    public Future<List<Optional<Long>>> take(List<EpochRequest> requests) {
      return Future.succeededFuture(
          requests.stream().map(request -> Optional.of(next(request.device()))).toList());
    }

    @Override
    public Future<Map<DeviceKey, Long>> current(List<DeviceKey> devices) {
      Map<DeviceKey, Long> current = new HashMap<>(epochs);
      current.keySet().retainAll(devices);
      return Future.succeededFuture(current);
    }
  }
}
