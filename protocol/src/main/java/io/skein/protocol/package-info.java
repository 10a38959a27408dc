/** The contract: protobuf schemas, method table, strict JSON codec, framing, errors. Plain Java. */
package io.skein.protocol;
