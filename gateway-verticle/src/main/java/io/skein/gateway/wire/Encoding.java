package io.skein.gateway.wire;

import com.google.protobuf.ByteString;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import java.util.Optional;

/** How the frames of a connection are written. Stateless and shared. */
public interface Encoding {

  /** {@code "proto"} or {@code "json"}, as in the preamble of the TCP door. */
  String word();

  /** A cutter of this encoding's byte stream for one connection. */
  FrameCutter cutter(int maxFrameBytes);

  /**
   * Reads the envelope of a frame; the params stay as they are.
   *
   * @throws BrokenFrameException if it is none
   */
  Call decode(byte[] frame);

  /**
   * The params of a call as the encoded request message of its method.
   *
   * @throws io.skein.protocol.SkeinException INVALID_ARGUMENT, with the field
   */
  ByteString params(MethodInfo method, ByteString params);

  /**
   * A reply. A call has to be answered: a result that cannot be written becomes an error, INTERNAL.
   *
   * @param result the encoded reply message of the method
   */
  Frame reply(int id, MethodInfo method, ByteString result);

  Frame error(int id, Error error);

  /** A push that is this connection's own and not counted. */
  Frame event(Event event);

  /**
   * A push that many connections share.
   *
   * @param number its number for this session; 0: not counted
   * @return empty: this event cannot be written in this encoding
   */
  Optional<Frame> push(int number, PushedEvent event);
}
