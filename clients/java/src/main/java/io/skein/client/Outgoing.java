package io.skein.client;

import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.concurrent.CompletableFuture;

/** A message in the outbox. Confined to the loop. */
final class Outgoing {
  final long index;
  final SendRequest request;
  final CompletableFuture<SendReply> committed = new CompletableFuture<>();

  /** Counts the times it was sent: tells an answer in time from one to an earlier try. */
  int tries;

  int refusals;
  long sentAt;

  /** {@code index} is its place in the order of sending. */
  Outgoing(long index, SendRequest request) {
    this.index = index;
    this.request = request;
  }
}
