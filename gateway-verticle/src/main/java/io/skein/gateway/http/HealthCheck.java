package io.skein.gateway.http;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Something that must be well.
 *
 * @param name for people and monitors, {@code "postgres"}
 * @param probe asks anew each time; a failed future says by its message what is wrong. Called on
 *     the event loop of a gateway instance
 */
public record HealthCheck(String name, Supplier<Future<Void>> probe) {}
