package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;

/**
 * How long a page is.
 *
 * @param usual when the caller does not say
 * @param max at most
 */
public record PageLimits(int usual, int max) {
  /** Checks that both can be kept. */
  public PageLimits {
    if (usual < 1 || max < usual) {
      throw new IllegalArgumentException("a page has between 1 and max items");
    }
  }

  /**
   * What the caller asks for.
   *
   * @param wanted as on the wire; 0: nothing said
   * @throws SkeinException INVALID_ARGUMENT if it is too much
   */
  public int limit(int wanted) {
    if (wanted == 0) {
      return usual;
    }
    if (wanted < 0 || wanted > max) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a page has at most " + max + " items")
          .withField("limit");
    }
    return wanted;
  }
}
