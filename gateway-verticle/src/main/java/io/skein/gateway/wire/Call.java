package io.skein.gateway.wire;

import com.google.protobuf.ByteString;

/**
 * A client's call as it came in.
 *
 * @param id chosen by the client; 0: missing
 * @param method public name; may be anything
 * @param params still in the encoding of the connection
 */
public record Call(int id, String method, ByteString params) {}
