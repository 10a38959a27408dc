package io.skein.gateway.connection;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What a connection needs from its door. Called on the event loop of the instance only. */
public interface Transport {

  /**
   * Writes whole frames with one flush. Called again only when the last write has completed.
   *
   * @return completed when the operating system has taken the bytes
   */
  Future<Void> write(Buffer frames);

  /** Closes in good order, with this close code where the door has such codes. */
  void close(int code, String reason);

  /** Cuts the socket without waiting for the other side. */
  void abort();

  /** The client's address without its port; empty if unknown. */
  String remoteAddress();
}
