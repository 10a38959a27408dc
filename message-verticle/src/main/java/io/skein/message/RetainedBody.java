package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.Retained;

/**
 * The content of a retained value. The log keeps it as it was sent, so that a repetition is known
 * as one, and its version beside it; what is read has both.
 */
final class RetainedBody {
  private RetainedBody() {}

  /** Encoded messages are joined by writing one behind the other. */
  static ByteString versioned(ByteString sent, int version) {
    return version == 0
        ? sent
        : sent.concat(Retained.newBuilder().setVersion(version).build().toByteString());
  }
}
