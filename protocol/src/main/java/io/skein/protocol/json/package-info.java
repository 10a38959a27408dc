/**
 * Messages as JSON, strictly, driven by their descriptors. protobuf's own JsonFormat takes
 * comments, single quotes, trailing garbage and duplicate keys, and leaves out default values; it
 * serves as the oracle of the tests only.
 */
package io.skein.protocol.json;
