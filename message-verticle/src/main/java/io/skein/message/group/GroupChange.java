package io.skein.message.group;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.protocol.v1.DetailsChanged;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MembersChanged;
import io.skein.protocol.v1.MembersChanged.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change that has been decided, with the entry that says so.
 *
 * @param joined who become members
 * @param left who cease to be
 * @param roles who get which role
 * @param muted whose mute changes to {@code mutedUntil}
 * @param mutedUntil empty: they may send again
 * @param details what of the details changes
 * @param entry the content of the entry
 */
record GroupChange(
    List<String> joined,
    List<String> left,
    Map<String, Role> roles,
    List<String> muted,
    Optional<Instant> mutedUntil,
    DetailsChanged details,
    Message entry) {
  /** What is so already. */
  static final GroupChange NOTHING =
      new GroupChange(
          List.of(),
          List.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          DetailsChanged.getDefaultInstance(),
          DetailsChanged.getDefaultInstance());

  private static final int NAMED = 20;

  GroupChange {
    joined = List.copyOf(joined);
    left = List.copyOf(left);
    roles = Map.copyOf(roles);
    muted = List.copyOf(muted);
  }

  /** The number of the entry's content field. */
  int entryType() {
    return entry instanceof DetailsChanged
        ? Entry.DETAILS_CHANGED_FIELD_NUMBER
        : Entry.MEMBERS_CHANGED_FIELD_NUMBER;
  }

  static GroupChange joined(List<String> users, Change how) {
    return new GroupChange(
        users,
        List.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        DetailsChanged.getDefaultInstance(),
        members(how, users).build());
  }

  static GroupChange left(List<String> users, Change how) {
    return new GroupChange(
        List.of(),
        users,
        Map.of(),
        List.of(),
        Optional.empty(),
        DetailsChanged.getDefaultInstance(),
        members(how, users).build());
  }

  static GroupChange role(String user, Role role) {
    return ofRoles(Map.of(user, role), members(Change.ROLE, List.of(user)).setRole(role).build());
  }

  static GroupChange handOver(String owner, String next) {
    return ofRoles(
        Map.of(owner, Role.ADMIN, next, Role.OWNER), members(Change.OWNER, List.of(next)).build());
  }

  private static GroupChange ofRoles(Map<String, Role> roles, MembersChanged entry) {
    return new GroupChange(
        List.of(),
        List.of(),
        roles,
        List.of(),
        Optional.empty(),
        DetailsChanged.getDefaultInstance(),
        entry);
  }

  static GroupChange muted(String user, Optional<Instant> until) {
    MembersChanged.Builder entry =
        members(until.isPresent() ? Change.MUTED : Change.UNMUTED, List.of(user));
    until.ifPresent(time -> entry.setMutedUntil(timestamp(time)));
    return new GroupChange(
        List.of(),
        List.of(),
        Map.of(),
        List.of(user),
        until,
        DetailsChanged.getDefaultInstance(),
        entry.build());
  }

  static GroupChange details(DetailsChanged details) {
    return new GroupChange(
        List.of(), List.of(), Map.of(), List.of(), Optional.empty(), details, details);
  }

  private static MembersChanged.Builder members(Change change, List<String> users) {
    return MembersChanged.newBuilder()
        .setChange(change)
        .addAllUserIds(users.subList(0, Math.min(users.size(), NAMED)))
        .setCount(users.size());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
