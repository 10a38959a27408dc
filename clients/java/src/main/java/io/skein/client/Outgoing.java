package io.skein.client;

import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.concurrent.CompletableFuture;

/** A message in the outbox. Confined to the loop. */
final class Outgoing {
  final long index;
  final SendRequest request;
  final CompletableFuture<SendReply> committed = new CompletableFuture<>();

  int refusals;

  /** {@code index} is its place in the order of sending. */
  Outgoing(long index, SendRequest request) {
    this.index = index;
    this.request = request;
  }
}
