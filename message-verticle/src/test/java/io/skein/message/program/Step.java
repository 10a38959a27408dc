package io.skein.message.program;

import io.skein.protocol.v1.Member.Role;
import java.util.List;

/**
 * One thing that happens in a program. Users, their devices and conversations are small numbers;
 * {@code pick} chooses among what is there when the step is run, so that every step makes sense in
 * every program, also in a shortened one.
 */
public sealed interface Step {
  /** A device of a user. */
  record By(int user, int device) {
    @Override
    public String toString() {
      return "" + (char) ('a' + user) + (device + 1);
    }
  }

  /** What a message mentions. */
  enum Mention {
    NOBODY,
    SOMEBODY,
    ALL
  }

  /** A flag of a conversation that is a user's own. */
  enum Setting {
    MARKED_UNREAD,
    PINNED,
    MUTED,
    ARCHIVED,
    DRAFT
  }

  /** A new message; with {@code answers} one to an earlier message. */
  record Send(By by, int in, Mention mention, boolean answers, int pick) implements Step {}

  record Edit(By by, int in, int pick) implements Step {}

  record Recall(By by, int in, int pick) implements Step {}

  record React(By by, int in, int pick, int key, boolean removed) implements Step {}

  record Pin(By by, int in, int pick, boolean removed) implements Step {}

  /** The reply to an earlier request of this user was lost: some device sends it once more. */
  record Repeat(By by, int pick, boolean otherContent) implements Step {}

  /** The same new message from both devices at the same moment. */
  record Twice(int user, int in) implements Step {}

  record Read(By by, int in, int pick) implements Step {}

  record Deliver(By by, int in, int pick) implements Step {}

  record Clear(By by, int in, int pick) implements Step {}

  record Configure(By by, int in, Setting setting, boolean on) implements Step {}

  record Invite(By by, int user) implements Step {}

  record Remove(By by, int user) implements Step {}

  /** With the code that opens the group. */
  record Join(By by) implements Step {}

  record Leave(By by) implements Step {}

  record SetRole(By by, int user, Role role) implements Step {}

  record Mute(By by, int user, boolean on) implements Step {}

  record SetRules(By by, boolean onlyAdminsPost, boolean fullHistory) implements Step {}

  record GoOffline(By by) implements Step {}

  /** Comes back and asks what it has missed. */
  record Return(By by) implements Step {}

  /** Loses all it had, as a new device does not have it. */
  record Reinstall(By by) implements Step {}

  /** A send whose transaction stays open while others read and sync. */
  record Held(Send send, List<Step> meanwhile) implements Step {}

  /** At the same moment; either may come first. */
  record Together(Step one, Step other) implements Step {}
}
