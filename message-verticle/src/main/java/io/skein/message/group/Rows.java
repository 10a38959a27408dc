package io.skein.message.group;

import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Member.Role;
import java.util.Optional;

/** Numbers of the database as what they stand for; what a newer version stored is UNKNOWN. */
final class Rows {
  private Rows() {}

  static Kind kind(int number) {
    return Optional.ofNullable(Kind.forNumber(number)).orElse(Kind.UNKNOWN);
  }

  static Role role(int number) {
    return Optional.ofNullable(Role.forNumber(number)).orElse(Role.UNKNOWN);
  }
}
