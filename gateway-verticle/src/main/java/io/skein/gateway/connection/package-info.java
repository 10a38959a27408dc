/**
 * A connection, whatever its door: its states, limits, deadlines, queue and close. The doors feed
 * it frames and lend it a {@link io.skein.gateway.connection.Transport}; what calls mean is decided
 * elsewhere.
 */
package io.skein.gateway.connection;
