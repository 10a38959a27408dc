package io.skein.client;

import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ConnectReply;
import java.time.Duration;

/** How it stands with the connection. */
public sealed interface ConnectionState {

  /** Nobody has asked for a connection yet. */
  record Idle() implements ConnectionState {}

  /**
   * An attempt is under way.
   *
   * @param attempt 1 for the first since the last success
   */
  record Connecting(int attempt) implements ConnectionState {}

  /** Calls are answered and pushes arrive. */
  record Online(ConnectReply session) implements ConnectionState {}

  /**
   * There is no connection; the next attempt follows by itself.
   *
   * @param delay from now to then
   * @param reason for people who look after the app
   */
  record Waiting(Duration delay, String reason) implements ConnectionState {}

  /**
   * The server does not want this client back as it is (kicked, revoked, token refused …). Only
   * another {@link SkeinClient#connect()} tries again.
   *
   * @param closeCode of the server's bye; 0 if connect itself was refused
   */
  record Stopped(int closeCode, SkeinException cause) implements ConnectionState {}

  /** {@link SkeinClient#close()} was called. */
  record Closed() implements ConnectionState {}
}
