package io.skein.node.run;

import io.skein.node.config.Service;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of this process as they are deployed: those that others call first, doors last; and
 * undeployed the other way round, so that what still comes in is still answered.
 */
final class Deployment {
  private static final Logger log = LoggerFactory.getLogger(Deployment.class);

  /** Doors first; what is in one set does not call each other, and stops at the same time. */
  private static final List<Set<Service>> STOPS =
      List.of(
          EnumSet.of(Service.GATEWAY),
          EnumSet.of(Service.NOTIFY, Service.PRESENCE),
          EnumSet.of(Service.MESSAGE),
          EnumSet.of(Service.SESSION));

  private final Vertx vertx;
  private final Map<Service, List<String>> deployed = new EnumMap<>(Service.class);

  Deployment(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys instances of a service; done when all of them are ready. */
  Future<Void> add(Service service, int instances, Supplier<? extends VerticleBase> verticle) {
    List<Future<String>> starting = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      starting.add(vertx.deployVerticle(verticle.get(), new DeploymentOptions()));
    }
    return Future.join(starting)
        .onComplete(done -> deployed.put(service, idsOf(starting)))
        .onSuccess(done -> log.info("{} is ready ({})", service.word(), instances))
        .mapEmpty();
  }

  private static List<String> idsOf(List<Future<String>> starting) {
    return starting.stream().filter(Future::succeeded).map(Future::result).toList();
  }

  /** Drains and undeploys all in order; one that fails does not keep the others. */
  Future<Void> removeAll() {
    Future<Void> done = Future.succeededFuture();
    for (Set<Service> together : STOPS) {
      done =
          done.compose(before -> Future.join(together.stream().map(this::remove).toList()))
              .mapEmpty();
    }
    return done;
  }

  private Future<Void> remove(Service service) {
    List<Future<Void>> stopping =
        deployed.getOrDefault(service, List.of()).stream().map(vertx::undeploy).toList();
    return Future.join(stopping)
        .onFailure(e -> log.warn("{} did not stop in order", service.word(), e))
        .transform(done -> Future.succeededFuture());
  }
}
