package io.skein.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

/** What operators see of presence; one per verticle instance. */
final class PresenceMetrics {
  private final Counter changes;
  private final Counter pushes;
  private volatile long online;
  private volatile long watching;

  PresenceMetrics(MeterRegistry registry) {
    changes = counter(registry, "skein.presence.changes", "Sessions reported to begin or end");
    pushes = counter(registry, "skein.presence.pushes", "Changes pushed, one for each watcher");
    Gauge.builder("skein.presence.online", this, metrics -> metrics.online)
        .description("Users online, as their watchers see them")
        .register(registry);
    Gauge.builder("skein.presence.watchers", this, metrics -> metrics.watching)
        .description("Sessions that watch somebody")
        .register(registry);
  }

  /** Both numbers are shared: each instance shows the same, as it saw them last. */
  Future<Void> look(PresenceStore store, WatchStore watches) {
    Future<Long> users = store.online().onSuccess(number -> online = number);
    Future<Long> sessions = watches.watching().onSuccess(number -> watching = number);
    return Future.join(users, sessions).mapEmpty();
  }

  void changed() {
    changes.increment();
  }

  void pushed(int number) {
    pushes.increment(number);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
