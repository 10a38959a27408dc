/**
 * The two encodings of frames, protobuf and JSON, behind one interface, so that a connection does
 * not know which one its client chose.
 */
package io.skein.gateway.wire;
