package io.skein.embedded;

/** A store cannot be had; the message tells a person what happened, why, and what to do. */
public final class EmbeddedStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EmbeddedStoreException(String what, String why, String remedy) {
    this(what, why, remedy, null);
  }

  EmbeddedStoreException(String what, String why, String remedy, Throwable cause) {
    super(what + "\n  why: " + why + "\n  what to do: " + remedy, cause);
  }
}
