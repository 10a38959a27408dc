package io.skein.message;

/** Seqs are uint32 on the wire and positive ints here; no log grows beyond 2³¹-1 entries. */
public final class Seqs {
  private Seqs() {}

  /** A number that is too high for any log stands for the highest. */
  public static int clamp(int uint32) {
    return uint32 < 0 ? Integer.MAX_VALUE : uint32;
  }

  /** The seq after this one, but not beyond the highest. */
  static int next(int seq) {
    return seq == Integer.MAX_VALUE ? seq : seq + 1;
  }
}
