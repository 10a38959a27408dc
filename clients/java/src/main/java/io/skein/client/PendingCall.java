package io.skein.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Error;
import java.util.concurrent.CompletableFuture;

/** A call until it is answered. Confined to the loop. */
final class PendingCall<R extends Message> {
  final Rpc<?, R> rpc;
  final ByteString params;
  final CompletableFuture<R> reply = new CompletableFuture<>();
  private int failures;
  private SkeinException lastFailure;

  PendingCall(Rpc<?, R> rpc, ByteString params) {
    this.rpc = rpc;
    this.params = params;
    this.lastFailure = Failures.noAnswer(rpc.name());
  }

  void complete(ByteString result) {
    try {
      reply.complete(rpc.decodeReply(result));
    } catch (SkeinException broken) {
      reply.completeExceptionally(broken);
    }
  }

  /** Whether the same call may be sent again after this answer. */
  boolean mayRetry(Error error) {
    if (!error.getRetryable()) {
      return false;
    }
    // Refused at the door: nothing has been done.
    ErrorCode code = SkeinException.from(error).code();
    return rpc.info().idempotent()
        || code == ErrorCode.RATE_LIMITED
        || code == ErrorCode.OVERLOADED;
  }

  /** Remembers why, for the case that time runs out; answers the number of failures. */
  int failed(SkeinException failure) {
    lastFailure = failure;
    return ++failures;
  }

  void expire() {
    reply.completeExceptionally(lastFailure);
  }
}
