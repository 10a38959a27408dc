package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** What a client may cost. */
public interface ConnectionLimitSettings {
  @Doc("Open connections of one gateway instance; more are turned away.")
  @WithDefault("100000")
  int maxConnections();

  @Doc("One frame, without its length prefix or line end; also an HTTP body.")
  @WithDefault("262144")
  int maxFrameBytes();

  @Doc("A text body; the message service checks it, the client is told.")
  @WithDefault("65536")
  int maxBodyBytes();

  @Doc("Entries or conversations of one page; likewise.")
  @WithDefault("200")
  int maxPage();

  @Doc("Unanswered calls of one connection.")
  @WithDefault("64")
  int maxInFlight();

  @Doc("Calls of one connection, as a sustained rate.")
  @WithDefault("500")
  int callsPerSecond();

  @Doc("Calls that may come at once.")
  @WithDefault("1000")
  int callBurst();

  @Doc("What may wait for a slow reader before it is closed.")
  @WithDefault("1048576")
  int maxOutboundBytes();

  @Doc("Conversations with unconfirmed entries of one connection.")
  @WithDefault("1000")
  int maxUnconfirmed();

  @Doc("Members of large conversations kept in memory, of one gateway instance.")
  @WithDefault("1000000")
  int maxRoomMembers();
}
