package io.skein.bench.people;

/** Has the server's key, and so makes tokens without asking it. */
@FunctionalInterface
public interface Signer {

  /** A token for a user on the device {@link BenchUser#DEVICE}. */
  String user(String userId);
}
