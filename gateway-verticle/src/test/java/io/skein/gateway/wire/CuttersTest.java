package io.skein.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Cutting a stream into frames")
class CuttersTest {
  private static final int MAX = 300;

  @RepeatedTest(20)
  @DisplayName("gives the same frames, however the bytes come in pieces")
  void anyPieces(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> frames = new ArrayList<>();
    ByteArrayOutputStream delimited = new ByteArrayOutputStream();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      String frame = "x".repeat(1 + random.nextInt(MAX)).replaceFirst("x", "" + i % 10);
      frames.add(frame);
      if (frame.length() > 127) {
        delimited.write((frame.length() & 0x7F) | 0x80);
        delimited.write(frame.length() >> 7);
      } else {
        delimited.write(frame.length());
      }
      delimited.writeBytes(frame.getBytes(StandardCharsets.US_ASCII));
      lines.writeBytes(
          (frame + (i % 3 == 0 ? "\r\n" : "\n\n")).getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(cut(new LengthCutter(MAX), delimited.toByteArray(), random)).isEqualTo(frames);
    assertThat(cut(new LineCutter(MAX), lines.toByteArray(), random)).isEqualTo(frames);
  }

  private static List<String> cut(FrameCutter cutter, byte[] bytes, Random random) {
    List<String> frames = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
      cutter.feed(
          Buffer.buffer(java.util.Arrays.copyOfRange(bytes, from, to)),
          frame -> frames.add(new String(frame, StandardCharsets.US_ASCII)));
      from = to;
    }
    assertThat(cutter.hasUnfinished()).isFalse();
    return frames;
  }

  @Test
  @DisplayName("keeps an unfinished frame")
  void unfinished() {
    FrameCutter lengths = new LengthCutter(MAX);
    lengths.feed(Buffer.buffer(new byte[] {5, 1, 2}), frame -> {});
    assertThat(lengths.hasUnfinished()).isTrue();
    FrameCutter lines = new LineCutter(MAX);
    lines.feed(Buffer.buffer("abc"), frame -> {});
    assertThat(lines.hasUnfinished()).isTrue();
  }

  @Test
  @DisplayName("takes empty frames of length zero")
  void emptyFrame() {
    List<byte[]> frames = new ArrayList<>();
    new LengthCutter(MAX).feed(Buffer.buffer(new byte[] {0, 1, 7}), frames::add);
    assertThat(frames).containsExactly(new byte[0], new byte[] {7});
  }

  @Test
  @DisplayName("refuses what is too long, as soon as it is known")
  void tooLong() {
    assertCode(
        new LengthCutter(MAX), Buffer.buffer(new byte[] {(byte) 0xAD, 2}), ErrorCode.TOO_LARGE);
    assertCode(new LineCutter(MAX), Buffer.buffer("x".repeat(301)), ErrorCode.TOO_LARGE);
    byte[] huge = {-1, -1, -1, -1, 0x7F};
    assertCode(new LengthCutter(MAX), Buffer.buffer(huge), ErrorCode.TOO_LARGE);
    byte[] endless = {-1, -1, -1, -1, -1};
    assertCode(new LengthCutter(MAX), Buffer.buffer(endless), ErrorCode.INVALID_ARGUMENT);
  }

  private static void assertCode(FrameCutter cutter, Buffer bytes, ErrorCode code) {
    assertThatThrownBy(() -> cutter.feed(bytes, frame -> {}))
        .isInstanceOfSatisfying(SkeinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
