package io.skein.gateway.connection;

import io.skein.gateway.config.ConnectionLimits;
import io.skein.gateway.config.Timing;
import java.util.function.LongSupplier;

/**
 * What all connections of an instance share.
 *
 * @param nanoTime monotonic clock, in nanoseconds
 */
public record Surroundings(
    ConnectionLimits limits,
    Timing timing,
    LongSupplier nanoTime,
    FlushTurn turn,
    Sweep sweep,
    GatewayMetrics metrics,
    CallHandler calls,
    ConnectionObserver observer) {}
