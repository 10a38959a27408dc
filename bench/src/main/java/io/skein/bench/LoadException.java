package io.skein.bench;

/** Why a load cannot go on, in words for the person who started it. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LoadException(String why) {
    super(why);
  }

  public LoadException(String why, Throwable cause) {
    super(why, cause);
  }
}
