package io.skein.gateway.connection;

import java.util.List;

/** Who must know what becomes of connections. */
public interface ConnectionObserver {

  /** The session of a connection is open: it takes pushes from now on. */
  void opened(Connection connection);

  /** A device did not confirm entries in time, or can no longer. */
  void missed(String userId, List<Missed> missed);

  /** A connection takes no more calls and pushes. Called once for each. */
  void closed(Connection connection);

  /**
   * A conversation and the highest seq that was not confirmed there.
   *
   * @param seq unsigned
   */
  record Missed(String conversationId, int seq) {}
}
