package io.skein.bench.load;

/** Something that goes on until it is stopped. */
public interface Load {

  void start();

  /** Begins nothing new; what is under way goes on. */
  void stop();

  /** Whether nothing is under way any more. */
  boolean isQuiet();
}
