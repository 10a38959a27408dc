package io.skein.message.group;

import io.skein.protocol.v1.Member.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * A member as the rules see it.
 *
 * @param mutedUntil may not send until then; empty, or in the past: may
 */
record Standing(String userId, Role role, Optional<Instant> mutedUntil) {
  /** Owner before admin before member. */
  boolean isAbove(Standing other) {
    return role.getNumber() < other.role.getNumber();
  }

  /** Whether the role is this one or a higher one. */
  boolean isAtLeast(Role lowest) {
    return role.getNumber() <= lowest.getNumber();
  }
}
