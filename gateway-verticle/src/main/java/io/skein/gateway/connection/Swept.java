package io.skein.gateway.connection;

/** Something with deadlines that a {@link Sweep} looks at. */
public interface Swept {

  /**
   * Acts on the deadlines that have passed.
   *
   * @param now monotonic, in nanoseconds
   */
  void sweep(long now);
}
