package io.skein.gateway.wire;

import io.skein.protocol.SkeinException;

/** A frame whose envelope cannot be read: which call it was is not known. */
public final class BrokenFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SkeinException reason;
  private final boolean recoverable;

  /**
   * @param reason what is wrong
   * @param recoverable whether the frames after it can still be trusted
   */
  public BrokenFrameException(SkeinException reason, boolean recoverable) {
    super(reason.getMessage(), reason, false, false);
    this.reason = reason;
    this.recoverable = recoverable;
  }

  public SkeinException reason() {
    return reason;
  }

  public boolean recoverable() {
    return recoverable;
  }
}
