package io.skein.node.run;

import io.skein.gateway.GatewayPorts;
import io.skein.gateway.GatewayVerticle;
import io.skein.gateway.http.HealthCheck;
import io.skein.gateway.http.HealthChecks;
import io.skein.mesh.Mesh;
import io.skein.message.MessageVerticle;
import io.skein.node.config.ModuleConfigs;
import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.node.health.Health;
import io.skein.node.stores.StoreConfigs;
import io.skein.notify.NotifyVerticle;
import io.skein.presence.PresenceVerticle;
import io.skein.session.SessionVerticle;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Makes the verticles of this process, which share its pools. */
final class Verticles {
  private final Settings settings;
  private final ModuleConfigs configs;
  private final Mesh mesh;
  private final Pools pools;
  private final Health health;
  private final AtomicReference<GatewayVerticle> gateway = new AtomicReference<>();

  Verticles(NodePlan plan, Mesh mesh, Pools pools, Health health) {
    this.settings = plan.settings();
    this.configs = ModuleConfigs.of(plan.settings(), plan.tokens());
    this.mesh = mesh;
    this.pools = pools;
    this.health = health;
  }

  /** How many of them this process runs. */
  int instances(Service service) {
    return switch (service) {
      case GATEWAY -> settings.gateway().instances();
      case SESSION -> settings.session().instances();
      case MESSAGE -> settings.message().instances();
      case PRESENCE -> settings.presence().instances();
      case NOTIFY -> settings.notification().instances();
    };
  }

  /** Makes a new one at each call. */
  Supplier<? extends VerticleBase> of(Service service) {
    return switch (service) {
      case GATEWAY -> this::gateway;
      case SESSION ->
          () -> new SessionVerticle(configs.session(), mesh, pools.postgres(), pools.redis());
      case MESSAGE ->
          () ->
              new MessageVerticle(
                  mesh, StoreConfigs.postgres(settings.postgres()), configs.message());
      case NOTIFY ->
          () -> new NotifyVerticle(configs.notification(), mesh, pools.postgres(), pools.redis());
      case PRESENCE ->
          () -> new PresenceVerticle(configs.presence(), mesh, pools.postgres(), pools.redis());
    };
  }

  private GatewayVerticle gateway() {
    var checks =
        new HealthChecks(
            List.of(),
            List.of(new HealthCheck("node", health::readiness)),
            List.of(new HealthCheck("node", health::start)));
    var verticle = new GatewayVerticle(configs.gateway(), checks, mesh);
    gateway.compareAndSet(null, verticle);
    return verticle;
  }

  /** Where the doors are; empty: no gateway is deployed here. */
  Optional<GatewayPorts> doors() {
    return Optional.ofNullable(gateway.get()).map(GatewayVerticle::ports);
  }
}
