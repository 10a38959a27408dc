package io.skein.bench.wire;

import io.skein.protocol.v1.ServerFrame;

/** Hears the answer to a call: a frame with a result or an error. */
@FunctionalInterface
public interface Answered {
  void answered(ServerFrame frame);
}
