package io.skein.message;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the services need of the process that they run in.
 *
 * @param bootId new at every start; names this instance in the outbox
 * @param ids fresh random ids
 * @param fanout to single users
 * @param broadcast to all gateways
 */
record Surroundings(
    Vertx vertx,
    UUID bootId,
    Supplier<UUID> ids,
    RandomGenerator random,
    Accounts accounts,
    Fanout fanout,
    Broadcaster broadcast,
    SessionMemory sessionMemory,
    MeterRegistry meters) {}
