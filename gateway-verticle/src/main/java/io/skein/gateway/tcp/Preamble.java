package io.skein.gateway.tcp;

import io.skein.gateway.wire.Encoding;
import io.skein.gateway.wire.Encodings;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first line of a TCP client: {@code SKEIN/1 proto} or {@code SKEIN/1 json}. */
final class Preamble {
  private static final String PROTOCOL = "SKEIN/1 ";
  private static final int MAX_LENGTH = 64;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final List<String> HTTP_STARTS =
      List.of("GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "PATC", "CONN", "TRAC", "PRI ");
  private static final int HTTP_START_LENGTH = 4;

  private Preamble() {}

  /** What the first bytes turned out to be. */
  sealed interface Reading {

    /** No line yet. */
    record Unfinished() implements Reading {}

    /**
     * The client's choice.
     *
     * @param length of the line with its end: frames follow
     */
    record Chosen(Encoding encoding, int length) implements Reading {}

    /** Something else: to be answered with this text and closed. */
    record Refused(String answer) implements Reading {}
  }

  /** Reads the first bytes of a connection. */
  static Reading read(Buffer start) {
    if (start.length() > 0 && start.getByte(0) == TLS_HANDSHAKE) {
      return new Reading.Refused(
          "ERROR this port speaks plain text, and this looks like TLS. Use the TLS port.\n");
    }
    if (isHttp(start)) {
      return new Reading.Refused(httpAnswer());
    }
    int end = indexOfLineEnd(start);
    if (end < 0) {
      return start.length() < MAX_LENGTH ? new Reading.Unfinished() : refused();
    }
    String line = start.getString(0, end, StandardCharsets.ISO_8859_1.name());
    if (line.endsWith("\r")) {
      line = line.substring(0, line.length() - 1);
    }
    if (!line.startsWith(PROTOCOL)) {
      return refused();
    }
    return Encodings.ofWord(line.substring(PROTOCOL.length()))
        .<Reading>map(encoding -> new Reading.Chosen(encoding, end + 1))
        .orElseGet(Preamble::refused);
  }

  private static int indexOfLineEnd(Buffer start) {
    for (int i = 0; i < Math.min(start.length(), MAX_LENGTH); i++) {
      if (start.getByte(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isHttp(Buffer start) {
    return start.length() >= HTTP_START_LENGTH
        && HTTP_STARTS.contains(
            start.getString(0, HTTP_START_LENGTH, StandardCharsets.ISO_8859_1.name()));
  }

  private static Reading refused() {
    return new Reading.Refused(
        "ERROR unknown preamble. Begin with the line \"SKEIN/1 json\" or \"SKEIN/1 proto\".\n");
  }

  private static String httpAnswer() {
    String text = "This is Skein's TCP door, and this looks like HTTP. Use the HTTP port.\n";
    return "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        + "Content-Length: %d\r\n\r\n%s".formatted(text.length(), text);
  }
}
