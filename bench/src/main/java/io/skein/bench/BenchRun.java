package io.skein.bench;

import io.skein.client.transport.Endpoint;
import io.skein.protocol.ConversationIds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One thread that drives all connections through the phases of a run. */
final class BenchRun {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long CONFIRM_EVERY = Duration.ofMillis(100).toNanos();

  private final InetSocketAddress server;
  private final BenchPlan plan;
  private final BenchMeter meter = new BenchMeter();
  private final List<BenchSender> senders = new ArrayList<>();
  private final List<BenchReceiver> receivers = new ArrayList<>();
  private final List<BenchConnection> connections = new ArrayList<>();
  private final List<BenchUser> people;
  private long nextConfirmation;

  BenchRun(Endpoint endpoint, BenchPlan plan, List<BenchUser> people) {
    if (!endpoint.uri().getScheme().equals("tcp")) {
      throw new IllegalArgumentException("only tcp:// can be measured, not " + endpoint);
    }
    this.server = new InetSocketAddress(endpoint.host(), endpoint.port());
    this.plan = plan;
    this.people = people;
  }

  BenchResult run() throws IOException {
    try (Selector selector = Selector.open()) {
      for (int pair = 0; pair < plan.pairs(); pair++) {
        open(selector, people.get(2 * pair), people.get(2 * pair + 1));
      }
      drive(
          selector,
          () ->
              senders.stream().allMatch(BenchSender::isReady)
                  && receivers.stream().allMatch(BenchReceiver::isReady));
      for (BenchSender sender : senders) {
        sender.start();
      }
      drive(selector, plan.warmUp());
      meter.start();
      drive(selector, plan.measured());
      meter.stop();
      senders.forEach(BenchSender::stop);
      drive(selector, () -> senders.stream().allMatch(BenchSender::isIdle));
      for (BenchSender sender : senders) {
        sender.askHead();
      }
      drive(selector, () -> senders.stream().allMatch(BenchSender::knowsHeadAfter));
      int difference = senders.stream().mapToInt(sender -> Math.abs(sender.difference())).sum();
      return BenchResult.of(meter, difference);
    } finally {
      for (BenchConnection connection : connections) {
        connection.close();
      }
    }
  }

  private void open(Selector selector, BenchUser from, BenchUser to) throws IOException {
    BenchReceiver receiver = new BenchReceiver(to, meter);
    receivers.add(receiver);
    receiver.use(opened(selector, receiver));
    String conversationId = ConversationIds.direct(from.id(), to.id()).toString();
    BenchSender sender = new BenchSender(from, to, conversationId, plan, meter);
    senders.add(sender);
    sender.use(opened(selector, sender));
    for (BenchConnection connection : connections) {
      connection.flush();
    }
  }

  private BenchConnection opened(Selector selector, BenchConnection.User user) throws IOException {
    BenchConnection connection = new BenchConnection(selector, server, user);
    connections.add(connection);
    return connection;
  }

  private void drive(Selector selector, Duration time) throws IOException {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      turn(selector);
    }
  }

  private void drive(Selector selector, BooleanSupplier done) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IOException("the server did not answer within " + PATIENCE);
      }
      turn(selector);
    }
  }

  private void turn(Selector selector) throws IOException {
    selector.select(10);
    for (SelectionKey ready : selector.selectedKeys()) {
      BenchConnection connection = (BenchConnection) ready.attachment();
      if (ready.isReadable()) {
        connection.read();
      }
      connection.flush();
    }
    selector.selectedKeys().clear();
    if (System.nanoTime() >= nextConfirmation) {
      nextConfirmation = System.nanoTime() + CONFIRM_EVERY;
      for (BenchReceiver receiver : receivers) {
        receiver.confirm();
      }
    }
  }
}
