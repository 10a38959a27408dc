package io.skein.message.program;

import static io.skein.message.program.Model.refused;

import io.skein.message.program.Item.Type;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.Member.Role;
import java.util.Optional;

/** Who comes, goes and may do what in the model's group. */
record Groups(Log log) {
  private static final String DONE = "done";

  String invite(String by, String user) {
    if (log.present(by).isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (log.present(user).isPresent()) {
      return DONE;
    }
    log.join(user);
    return noted(by, "invited " + user);
  }

  /** With a good code. */
  String join(String by) {
    if (log.present(by).isPresent()) {
      return DONE;
    }
    log.join(by);
    return noted(by, "joined " + by);
  }

  String remove(String by, String user) {
    Optional<Seat> seat = log.present(by);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!seat.get().leads()) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    Optional<Seat> member = log.present(user);
    if (member.isEmpty()) {
      return DONE;
    }
    if (!seat.get().isAbove(member.get())) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    noted(by, "removed " + user);
    leave(user, member.get());
    return DONE;
  }

  String leave(String by) {
    Optional<Seat> seat = log.present(by);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (seat.get().role == Role.OWNER && log.members().size() > 1) {
      return refused(ErrorCode.CONFLICT);
    }
    noted(by, "left " + by);
    leave(by, seat.get());
    return DONE;
  }

  /** The last that a leaver sees is that they left; nothing that they see changes any more. */
  private void leave(String user, Seat seat) {
    seat.kept.clear();
    seat.kept.putAll(log.shownTo(user));
    seat.left = log.head();
    seat.role = Role.MEMBER;
  }

  String setRole(String by, String user, Role role) {
    Optional<Seat> seat = log.present(by);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (seat.get().role != Role.OWNER) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    Optional<Seat> member = log.present(user);
    if (member.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (member.get().role == role) {
      return DONE;
    }
    if (by.equals(user)) {
      return refused(ErrorCode.CONFLICT);
    }
    if (role == Role.OWNER) {
      seat.get().role = Role.ADMIN;
    }
    member.get().role = role;
    return noted(by, (role == Role.OWNER ? "owner " : "role ") + user);
  }

  String mute(String by, String user, boolean on) {
    Optional<Seat> seat = log.present(by);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!seat.get().leads()) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    Optional<Seat> member = log.present(user);
    if (member.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!seat.get().isAbove(member.get())) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    if (!on && !member.get().muted) {
      return DONE;
    }
    member.get().muted = on;
    return noted(by, (on ? "muted " : "unmuted ") + user);
  }

  String setRules(String by, boolean onlyAdminsPost, boolean fullHistory) {
    Optional<Seat> seat = log.present(by);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!seat.get().leads()) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    if (log.onlyAdminsPost == onlyAdminsPost && log.fullHistory == fullHistory) {
      return DONE;
    }
    log.onlyAdminsPost = onlyAdminsPost;
    log.fullHistory = fullHistory;
    return noted(by, "details");
  }

  private String noted(String by, String what) {
    log.append(by, Type.SYSTEM, what);
    return DONE;
  }
}
