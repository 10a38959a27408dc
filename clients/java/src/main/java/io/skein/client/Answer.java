package io.skein.client;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.Error;

/** What became of a call on a connection. */
sealed interface Answer {

  record Result(ByteString bytes) implements Answer {}

  record Refused(Error error) implements Answer {}

  /** None came by the deadline: it may or may not have been done. */
  record Late() implements Answer {}

  /** The connection broke first: it may or may not have been done. */
  record Lost() implements Answer {}
}
