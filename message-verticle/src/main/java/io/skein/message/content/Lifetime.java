package io.skein.message.content;

import java.util.OptionalInt;

/**
 * When a message goes by itself; whichever comes first.
 *
 * @param afterSeconds after it was sent; empty: never for this reason
 * @param afterReadSeconds after all others have read it; empty: never for this reason
 */
public record Lifetime(OptionalInt afterSeconds, OptionalInt afterReadSeconds) {}
