package io.skein.mesh;

import io.skein.protocol.internal.v1.Announcement;
import io.skein.protocol.internal.v1.Doubt;
import io.skein.protocol.internal.v1.InstanceInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every node says it runs: feeds the ring. A node announces itself at start, at every change
 * and every two seconds; it is forgotten when it says goodbye, when the cluster manager loses it,
 * or after ten silent seconds of our own monotonic clock.
 */
final class Roster {
  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
  static final String ANNOUNCE = "skein.mesh.announce";
  static final String DOUBT = "skein.mesh.doubt";
  private static final long BEAT_MS = 2_000;
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private record Own(Instance instance, Context context, Supplier<Future<Void>> register) {}

  private record Heard(Announcement announcement, long atNanos) {}

  private final Vertx vertx;
  private final NodeIdentity node;
  private final Ring ring;
  private final Map<String, Own> own = new HashMap<>();
  private final Map<String, Heard> others = new HashMap<>();

  /** All nodes, as the cluster manager sees it. */
  private Set<String> members = Set.of();

  Roster(Vertx vertx, NodeIdentity node, Ring ring) {
    this.vertx = vertx;
    this.node = node;
    this.ring = ring;
  }

  /** Listens to the others, and asks them who they are. */
  Future<Void> join(Membership membership) {
    var announcements =
        vertx.eventBus().<Announcement>consumer(ANNOUNCE, message -> hear(message.body()));
    var doubts = vertx.eventBus().<Doubt>consumer(DOUBT, message -> mend(message.body()));
    keepOnly(membership.nodeIds());
    membership.onChange(this::keepOnly);
    vertx.setPeriodic(BEAT_MS, beat -> beat());
    return Future.all(announcements.completion(), doubts.completion())
        .onSuccess(listening -> announce(true))
        .mapEmpty();
  }

  void leave() {
    publish(Announcement.newBuilder().setGoodbye(true));
  }

  synchronized void add(Instance instance, Supplier<Future<Void>> register) {
    own.put(instance.id(), new Own(instance, vertx.getOrCreateContext(), register));
    refresh();
    announce(false);
  }

  synchronized void remove(Instance instance) {
    own.remove(instance.id());
    refresh();
    announce(false);
  }

  /** Whether no other node is known: there is nobody to learn that an instance leaves. */
  synchronized boolean isAlone() {
    return others.isEmpty();
  }

  private synchronized void hear(Announcement news) {
    if (news.getNodeId().equals(node.nodeId())) {
      return;
    }
    if (news.getGoodbye()) {
      others.remove(news.getNodeId());
    } else {
      others.put(news.getNodeId(), new Heard(news, System.nanoTime()));
    }
    refresh();
    if (news.getHello()) {
      announce(false);
    }
  }

  private synchronized void keepOnly(Set<String> members) {
    this.members = Set.copyOf(members);
    others.keySet().retainAll(members);
    refresh();
    announce(true);
  }

  private synchronized void beat() {
    long now = System.nanoTime();
    others.values().removeIf(heard -> now - heard.atNanos > SILENCE_NANOS);
    refresh();
    announce(false);
  }

  /** A peer could not reach some of our addresses: the cluster lost their registration. */
  private synchronized void mend(Doubt doubt) {
    for (Own one : own.values()) {
      if (doubt.getAddressesList().contains(one.instance.address())) {
        LOG.warn("Registering {} again: a peer cannot reach it", one.instance.address());
        one.context.runOnContext(
            turn ->
                one.register
                    .get()
                    .onFailure(failure -> LOG.warn("Registering again failed", failure)));
      }
    }
  }

  private void refresh() {
    List<Instance> ready = new ArrayList<>();
    Set<String> boots = new HashSet<>(Set.of(node.bootId()));
    own.values().forEach(one -> ready.add(one.instance));
    for (Heard heard : others.values()) {
      Announcement from = heard.announcement;
      boots.add(from.getBootId());
      from.getInstancesList().stream()
          .filter(info -> info.getState() == InstanceInfo.State.READY)
          .map(
              info ->
                  new Instance(
                      info.getService(), info.getInstanceId(), from.getNodeId(), from.getBootId()))
          .forEach(ready::add);
    }
    ring.update(ready, boots, hasHeardAll());
  }

  private boolean hasHeardAll() {
    return members.stream().allMatch(id -> id.equals(node.nodeId()) || others.containsKey(id));
  }

  private synchronized void announce(boolean hello) {
    Announcement.Builder news = Announcement.newBuilder().setHello(hello);
    for (Own one : own.values()) {
      news.addInstancesBuilder()
          .setService(one.instance.service())
          .setInstanceId(one.instance.id())
          .setState(InstanceInfo.State.READY);
    }
    publish(news);
  }

  private void publish(Announcement.Builder news) {
    vertx
        .eventBus()
        .publish(
            ANNOUNCE,
            news.setNodeId(node.nodeId())
                .setBootId(node.bootId())
                .setVersion(node.version())
                .build());
  }
}
