package io.skein.bench;

/** A user who can connect. */
record BenchUser(String id, String token) {}
