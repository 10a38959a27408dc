package io.skein.gateway.wire;

import java.util.List;
import java.util.Optional;

/** The encodings there are. */
public final class Encodings {
  public static final Encoding PROTO = new ProtoEncoding();
  public static final Encoding JSON = new JsonEncoding();

  private static final List<Encoding> ALL = List.of(PROTO, JSON);

  private Encodings() {}

  /** The encoding of a preamble's word. */
  public static Optional<Encoding> ofWord(String word) {
    return ALL.stream().filter(encoding -> encoding.word().equals(word)).findFirst();
  }
}
