package io.skein.message.group;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Member.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation whose lock is held, with those of its members that a change is about.
 *
 * @param invited whether a good code was shown
 * @param members who are members now, of the users asked for; nobody else
 * @param now the time of the transaction
 */
record Locked(
    Kind kind,
    int memberCount,
    Details details,
    boolean invited,
    Map<String, Standing> members,
    Instant now) {

  Locked {
    members = Map.copyOf(members);
  }

  /** What a conversation is called, and who may do what: as in {@code skein.v1.Group}. */
  record Details(
      String title,
      String avatarUrl,
      String announcement,
      Role postRole,
      Role inviteRole,
      boolean approval,
      boolean fullHistory) {}

  Optional<Standing> member(String userId) {
    return Optional.ofNullable(members.get(userId));
  }

  /**
   * The caller, who must be a member of a group or channel.
   *
   * @throws SkeinException NOT_FOUND
   */
  Standing caller(String userId) {
    Standing caller = member(userId).orElseThrow(Locked::notFound);
    if (kind == Kind.DIRECT) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "a direct conversation has the members that it has");
    }
    return caller;
  }

  /**
   * The caller, who must have at least this role.
   *
   * @throws SkeinException NOT_FOUND, PERMISSION_DENIED
   */
  Standing callerOf(Role lowest, String userId) {
    Standing caller = caller(userId);
    if (!caller.isAtLeast(lowest)) {
      throw denied(
          lowest == Role.OWNER
              ? "only the owner may do this"
              : "only owners and admins may do this");
    }
    return caller;
  }

  static SkeinException denied(String why) {
    return new SkeinException(ErrorCode.PERMISSION_DENIED, why);
  }

  /** One answer for what is not there and for what is not the caller's business. */
  static SkeinException notFound() {
    return new SkeinException(ErrorCode.NOT_FOUND, "there is no such conversation");
  }
}
