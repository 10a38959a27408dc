package io.skein.client.transport;

import io.skein.protocol.v1.ClientFrame;

/** One open connection. Thread-safe; no method blocks. */
public interface Transport {

  /** Starts the delivery of frames; called once. What was received before is kept until then. */
  void start(TransportListener listener);

  /** Queues a frame; frames leave in the order of these calls. After the end it does nothing. */
  void send(ClientFrame frame);

  /** Ends the connection after what is queued, and soon in any case; calling it twice is fine. */
  void close();
}
