package io.skein.message.program;

import io.skein.message.program.Step.Setting;
import io.skein.protocol.v1.Member.Role;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** One user's place in a conversation of the model. */
final class Seat {
  Role role;

  /** Sees entries above it. */
  int joined;

  /** Sees no entry above it; 0: has not left. */
  int left;

  int read;
  int delivered;
  int cleared;
  boolean muted;

  /** What a former member goes on seeing, by seq. */
  final NavigableMap<Integer, String> kept = new TreeMap<>();

  final Set<Setting> settings = EnumSet.noneOf(Setting.class);

  Seat(Role role) {
    this.role = role;
  }

  Seat copy() {
    Seat copy = new Seat(role);
    copy.joined = joined;
    copy.left = left;
    copy.read = read;
    copy.delivered = delivered;
    copy.cleared = cleared;
    copy.muted = muted;
    copy.kept.putAll(kept);
    copy.settings.addAll(settings);
    return copy;
  }

  boolean isPresent() {
    return left == 0;
  }

  boolean leads() {
    return role == Role.OWNER || role == Role.ADMIN;
  }

  boolean isAbove(Seat other) {
    return role.getNumber() < other.role.getNumber();
  }

  /** Everything above is visible, as far as the user's time in the conversation went. */
  int lowest() {
    return Math.max(joined, cleared);
  }
}
