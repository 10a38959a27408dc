package io.skein.message.retention;

import io.skein.protocol.v1.Conversation.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long entries are kept, for each kind of conversation. A message that was sent again with the
 * same {@code clientMsgId} is known as a repetition for as long.
 *
 * @param direct of direct conversations; zero: for ever
 * @param group of groups; zero: for ever
 * @param channel of channels; zero: for ever
 */
public record Retention(Duration direct, Duration group, Duration channel) {
  /** Everything is kept. */
  public static final Retention FOR_EVER =
      new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Checks what a wrong configuration file could break. */
  public Retention {
    check("direct", direct);
    check("group", group);
    check("channel", channel);
  }

  private static void check(String kind, Duration age) {
    if (!age.isZero() && (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          "retention of " + kind + " must be 0, which is for ever, or 1 to 36500 days");
    }
  }

  /** The kinds whose entries are not kept for ever. */
  Map<Kind, Duration> limited() {
    Map<Kind, Duration> ages = new EnumMap<>(Map.of(Kind.DIRECT, direct, Kind.GROUP, group));
    ages.put(Kind.CHANNEL, channel);
    ages.values().removeIf(Duration::isZero);
    return ages;
  }
}
