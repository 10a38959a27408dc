package io.skein.message.program;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.SendRequest;
import java.util.Optional;
import java.util.TreeSet;

/** What one entry does to an earlier message. */
sealed interface Change {
  /** What a message says that was taken back. */
  String GONE = "gone";

  int seq();

  record Edit(int seq, String body) implements Change {
    @Override
    public String toString() {
      return "edit " + seq + " " + body;
    }
  }

  record Recall(int seq) implements Change {
    @Override
    public String toString() {
      return "recall " + seq;
    }
  }

  record React(int seq, String key, boolean removed) implements Change {
    @Override
    public String toString() {
      return (removed ? "unreact " : "react ") + seq + " " + key;
    }
  }

  record Pin(int seq, boolean removed) implements Change {
    @Override
    public String toString() {
      return (removed ? "unpin " : "pin ") + seq;
    }
  }

  static Change of(SendRequest request) {
    return switch (request.getContentCase()) {
      case EDIT -> new Edit(request.getEdit().getSeq(), request.getEdit().getText().getBody());
      case RECALL -> new Recall(request.getRecall().getSeq());
      case REACTION ->
          new React(
              request.getReaction().getSeq(),
              request.getReaction().getKey(),
              request.getReaction().getRemoved());
      case PIN -> new Pin(request.getPin().getSeq(), request.getPin().getRemoved());
      default -> throw new IllegalArgumentException("no change: " + request);
    };
  }

  /** Changes the message, or says why not. The entry of the change is the next of the log. */
  default Optional<ErrorCode> apply(Log log, String user) {
    Seat seat = log.present(user).orElseThrow();
    Optional<Item> found = log.message(seat, seq());
    if (found.isEmpty()) {
      return Optional.of(ErrorCode.NOT_FOUND);
    }
    Item item = found.get();
    boolean own = item.sender.equals(user);
    boolean leads = !log.isDirect() && seat.leads();
    return switch (this) {
      case Edit edit -> own ? edit(item, edit) : denied();
      case Recall recall -> own || leads ? recall(log, item) : denied();
      case React reaction -> react(item, reaction, user);
      case Pin pin -> log.isDirect() || leads ? pin(item, pin, log.head() + 1) : denied();
    };
  }

  private static Optional<ErrorCode> denied() {
    return Optional.of(ErrorCode.PERMISSION_DENIED);
  }

  private static Optional<ErrorCode> edit(Item item, Edit edit) {
    item.content = edit.body;
    item.edits++;
    return Optional.empty();
  }

  private static Optional<ErrorCode> recall(Log log, Item item) {
    item.recalled = true;
    item.content = GONE;
    item.edits = 0;
    item.pinnedSeq = 0;
    item.reactions.clear();
    log.items.stream()
        .filter(one -> one.target == item.seq && one.content.startsWith("edit "))
        .forEach(one -> one.content = GONE);
    return Optional.empty();
  }

  private static Optional<ErrorCode> react(Item item, React reaction, String user) {
    TreeSet<String> users = item.reactions.computeIfAbsent(reaction.key, key -> new TreeSet<>());
    boolean changed = reaction.removed ? users.remove(user) : users.add(user);
    return changed ? Optional.empty() : Optional.of(ErrorCode.UNCHANGED);
  }

  private static Optional<ErrorCode> pin(Item item, Pin pin, int seq) {
    if (pin.removed == (item.pinnedSeq == 0)) {
      return Optional.of(ErrorCode.UNCHANGED);
    }
    item.pinnedSeq = pin.removed ? 0 : seq;
    return Optional.empty();
  }
}
