package io.skein.message.content;

import java.util.OptionalInt;

/**
 * A value that is kept beside the log.
 *
 * @param key what it is the value of
 * @param expected the version that it is to follow, 0: none; empty: any
 * @param removed whether the key has no value from now on
 */
public record RetainedValue(String key, OptionalInt expected, boolean removed) {}
