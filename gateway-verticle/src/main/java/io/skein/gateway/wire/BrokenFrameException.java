package io.skein.gateway.wire;

import io.skein.protocol.SkeinException;

/** A frame whose envelope cannot be read as a whole. */
public final class BrokenFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int id;
  private final transient SkeinException reason;
  private final boolean recoverable;

  /**
   * A frame that is no call.
   *
   * @param id of the call that it was meant to be; 0: it could not be read
   * @param reason what is wrong
   * @param recoverable whether the frames after it can still be trusted
   */
  public BrokenFrameException(int id, SkeinException reason, boolean recoverable) {
    super(reason.getMessage(), reason, false, false);
    this.id = id;
    this.reason = reason;
    this.recoverable = recoverable;
  }

  public int id() {
    return id;
  }

  public SkeinException reason() {
    return reason;
  }

  public boolean recoverable() {
    return recoverable;
  }
}
