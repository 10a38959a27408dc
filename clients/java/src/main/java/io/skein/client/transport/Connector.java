package io.skein.client.transport;

import java.util.concurrent.CompletableFuture;

/** Opens connections to one endpoint. */
@FunctionalInterface
public interface Connector {

  /** A new connection; fails with an {@link java.io.IOException} within the connect time-out. */
  CompletableFuture<Transport> open();
}
