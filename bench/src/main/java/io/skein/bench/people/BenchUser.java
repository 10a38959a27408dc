package io.skein.bench.people;

/** A user who can connect, with this token and the device {@link #DEVICE}. */
public record BenchUser(String id, String token) {
  public static final String DEVICE = "bench";
}
