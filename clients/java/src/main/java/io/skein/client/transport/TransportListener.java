package io.skein.client.transport;

import io.skein.protocol.v1.ServerFrame;

/**
 * Hears a connection. Frames come in the order of arrival, from one thread at a time; the end may
 * come from another thread.
 */
public interface TransportListener {

  void onFrame(ServerFrame frame);

  /**
   * The connection is over; what still comes is to be ignored. Called exactly once.
   *
   * @param closeCode a WebSocket close code, or 0 where there is none
   * @param reason for logs
   */
  void onClosed(int closeCode, String reason);
}
