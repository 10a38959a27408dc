package io.skein.gateway.connection;

import io.skein.gateway.wire.Call;

/** What calls mean. */
public interface CallHandler {

  /**
   * Takes a call that passed the connection's limits. Exactly one {@link Connection#reply} or
   * {@link Connection#fail} with the call's id follows, now or later; the connection may be closed
   * by then.
   */
  void handle(Connection connection, Call call);

  /** Notes a call that the connection refused at its limits, and that may be repeated. */
  void refused(Connection connection, Call call);
}
