package io.skein.mesh;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which instances of which service are ready, and which of them is the home of a key. A hint that
 * makes batches dense and caches warm: nodes may differ for seconds, and the stores decide.
 * Thread-safe.
 */
public final class Ring {
  private record Snapshot(
      Map<String, List<Instance>> byService, Set<String> boots, boolean complete) {}

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), false);

  Ring() {}

  /** The home of a key; empty: no instance of the service is ready. */
  public Optional<Instance> pick(String service, String key) {
    List<Instance> instances = instances(service);
    return instances.isEmpty() ? Optional.empty() : Optional.of(Rendezvous.pick(instances, key));
  }

  /** The ready instances of a service, by id. */
  public List<Instance> instances(String service) {
    return snapshot.byService.getOrDefault(service, List.of());
  }

  /** The ready instances of all services that fit. */
  List<Instance> all(Predicate<Instance> wanted) {
    return snapshot.byService.values().stream().flatMap(List::stream).filter(wanted).toList();
  }

  /** Groups keys by their home; empty if no instance of the service is ready. */
  public Map<Instance, List<String>> partition(String service, Collection<String> keys) {
    List<Instance> instances = instances(service);
    Map<Instance, List<String>> homes = new LinkedHashMap<>();
    if (!instances.isEmpty()) {
      for (String key : keys) {
        homes.computeIfAbsent(Rendezvous.pick(instances, key), first -> new ArrayList<>()).add(key);
      }
    }
    return homes;
  }

  /** Equal on nodes that see the same ready instances of a service. */
  public long hash(String service) {
    return instances(service).stream()
        .mapToLong(instance -> Rendezvous.hash(instance.id()))
        .reduce(0, Long::sum);
  }

  /** Whether every node of the cluster has said what it runs. */
  public boolean isComplete() {
    return snapshot.complete;
  }

  /** Boots of the nodes that are alive, whatever they run. */
  public Set<String> bootIds() {
    return snapshot.boots;
  }

  /** Tells every change, on the context of the one who asks (or any thread without one). */
  public void onChange(Consumer<Ring> listener) {
    Context context = Vertx.currentContext();
    listeners.add(
        () -> {
          if (context == null) {
            listener.accept(this);
          } else {
            context.runOnContext(turn -> listener.accept(this));
          }
        });
  }

  void update(List<Instance> ready, Set<String> boots, boolean complete) {
    Map<String, List<Instance>> byService =
        ready.stream()
            .sorted(Comparator.comparing(Instance::id))
            .collect(
                Collectors.groupingBy(
                    Instance::service,
                    Collectors.collectingAndThen(Collectors.toList(), List::copyOf)));
    Snapshot next = new Snapshot(byService, Set.copyOf(new HashSet<>(boots)), complete);
    if (!next.equals(snapshot)) {
      snapshot = next;
      listeners.forEach(Runnable::run);
    }
  }
}
