package io.skein.session.directory;

/**
 * Which devices of one user may be connected at the same time. A device always replaces its own
 * earlier connection.
 *
 * @param newerWins the newer login closes the older one's connection; else the newer is refused
 */
public record DevicePolicy(Rule rule, boolean newerWins) {
  public static final DevicePolicy DEFAULT = new DevicePolicy(Rule.ALL, true);

  /** What makes two devices of a user compete. */
  public enum Rule {
    /** Nothing: all may be connected. */
    ALL,
    /** The same platform: "android", "ios", "web" … */
    ONE_PER_PLATFORM,
    /** The same {@link DeviceClass}: mobile, desktop, web … */
    ONE_PER_CLASS,
    /** Any two. */
    SINGLE
  }
}
