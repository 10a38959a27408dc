package io.skein.node.chat;

import com.google.protobuf.Timestamp;
import io.skein.protocol.EntryKinds;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryState;
import io.skein.protocol.v1.FileReference;
import io.skein.protocol.v1.MembersChanged;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How things look. */
final class Lines {
  private static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle OWN = colour(AttributedStyle.CYAN);
  private static final AttributedStyle OTHER = colour(AttributedStyle.YELLOW);
  private static final AttributedStyle GOOD = colour(AttributedStyle.GREEN);
  private static final AttributedStyle BAD = colour(AttributedStyle.RED);

  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final String self;
  private final Clock clock;

  /** Times are shown in the clock's zone. */
  Lines(String self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  private static AttributedStyle colour(int colour) {
    return AttributedStyle.DEFAULT.foreground(colour);
  }

  /** An entry of the conversation that is open. */
  AttributedString entry(Entry entry) {
    boolean own = entry.getSender().equals(self);
    String time = time(instant(entry.getSentAt())) + " ";
    String name = own ? "you" : safe(entry.getSender());
    AttributedStringBuilder line =
        new AttributedStringBuilder().styled(DIM, time).styled(own ? OWN : OTHER, name + ": ");
    if (entry.getContext().hasReplyToSeq()) {
      line.styled(DIM, "↩ #" + entry.getContext().getReplyToSeq() + " ");
    }
    line.append(safe(content(entry)).replace("\n", "\n" + Wrap.INDENT));
    if (entry.getSeq() > 0 && EntryKinds.isMessage(entry)) {
      line.styled(DIM, "  " + remarks(entry.getState()) + "#" + entry.getSeq());
    }
    return line.toAttributedString();
  }

  /** What became of a message, in few signs. */
  private static String remarks(EntryState state) {
    StringBuilder remarks = new StringBuilder();
    if (state.getEdits() > 0) {
      remarks.append("(edited) ");
    }
    if (state.getPinned()) {
      remarks.append("(pinned) ");
    }
    state
        .getReactionsList()
        .forEach(
            reaction ->
                remarks.append(safe(reaction.getKey())).append(reaction.getCount()).append(' '));
    return remarks.toString();
  }

  private String time(Instant at) {
    ZonedDateTime then = at.atZone(clock.getZone());
    return (then.toLocalDate().equals(LocalDate.now(clock)) ? TODAY : EARLIER).format(then);
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** An entry of another conversation. */
  AttributedString elsewhere(String where, Entry entry) {
    return new AttributedStringBuilder()
        .styled(OTHER, "✉ " + safe(where) + ": ")
        .append(safe(content(entry)).replace('\n', ' '))
        .styled(DIM, "   (/with " + safe(where) + ")")
        .toAttributedString();
  }

  private static String content(Entry entry) {
    return switch (entry.getContentCase()) {
      case TEXT -> entry.getText().getBody();
      case CUSTOM -> "[" + entry.getCustom().getType() + "] " + entry.getCustom().getData();
      case RICH_TEXT -> entry.getRichText().getMarkdown();
      case IMAGE -> file("image", entry.getImage().getFile(), entry.getImage().getCaption());
      case AUDIO -> file("audio", entry.getAudio().getFile(), "");
      case VIDEO -> file("video", entry.getVideo().getFile(), entry.getVideo().getCaption());
      case FILE -> file("file", entry.getFile().getFile(), entry.getFile().getCaption());
      case LOCATION -> "[location] " + entry.getLocation().getName();
      case CONTACT -> "[contact] " + entry.getContact().getUserId();
      case FORWARDED -> "[" + entry.getForwarded().getEntriesCount() + " forwarded messages]";
      case MEMBERS_CHANGED -> changed(entry.getMembersChanged());
      case DETAILS_CHANGED ->
          entry.getDetailsChanged().hasTitle()
              ? "calls it “" + entry.getDetailsChanged().getTitle() + "” now"
              : "changed the settings";
      case EDIT -> "edited #" + entry.getEdit().getSeq() + ": " + edited(entry.getEdit());
      case RECALL -> "took back #" + entry.getRecall().getSeq();
      case ERASED -> "is gone, with all messages";
      case REACTION ->
          (entry.getReaction().getRemoved() ? "takes back " : "reacts ")
              + entry.getReaction().getKey()
              + " to #"
              + entry.getReaction().getSeq();
      case PIN ->
          (entry.getPin().getRemoved() ? "unpinned #" : "pinned #") + entry.getPin().getSeq();
      case RETAINED ->
          (entry.getRetained().getRemoved() ? "unset " : "set ") + entry.getRetained().getKey();
      case CREATED -> "made the group “" + entry.getCreated().getTitle() + "”";
      case CONTENT_NOT_SET -> missing(entry.getState());
    };
  }

  private static String missing(EntryState state) {
    if (state.getHidden()) {
      return "[hidden]";
    }
    return state.getRecalled() ? "[taken back]" : "[something that this version cannot show]";
  }

  private static String edited(Edit edit) {
    return edit.hasRichText() ? edit.getRichText().getMarkdown() : edit.getText().getBody();
  }

  private static String changed(MembersChanged change) {
    String users =
        String.join(", ", change.getUserIdsList())
            + (change.getCount() > change.getUserIdsCount() ? " and others" : "");
    return switch (change.getChange()) {
      case JOINED -> "joined";
      case INVITED -> "brought in " + users;
      case LEFT -> "left";
      case REMOVED -> "removed " + users;
      case ROLE -> "made " + users + " " + change.getRole().name().toLowerCase(Locale.ROOT);
      case OWNER -> "handed over to " + users;
      case MUTED -> "muted " + users;
      case UNMUTED -> "let " + users + " speak again";
      case UNKNOWN, UNRECOGNIZED -> "changed something about " + users;
    };
  }

  private static String file(String kind, FileReference file, String caption) {
    return "[" + kind + "] " + file.getUrl() + (caption.isEmpty() ? "" : " " + caption);
  }

  /** A row of the list of conversations. */
  AttributedString row(int number, String name, Conversation conversation) {
    AttributedStringBuilder row =
        new AttributedStringBuilder()
            .styled(DIM, String.format("%3d  ", number))
            .styled(OTHER, safe(name));
    if (conversation.getUnread() > 0) {
      row.styled(GOOD, "  " + conversation.getUnread() + " new");
    }
    if (conversation.getMentions() > 0) {
      row.styled(BAD, "  @" + conversation.getMentions());
    }
    if (conversation.hasLastEntry()) {
      row.styled(DIM, "  " + safe(content(conversation.getLastEntry())).replace('\n', ' '));
    }
    return row.toAttributedString();
  }

  /** Above the messages of a conversation that is opened. */
  static AttributedString heading(String name, String remark) {
    return note("—— " + safe(name) + " ——" + (remark.isEmpty() ? "" : " " + remark));
  }

  static AttributedString note(String text) {
    return new AttributedString(text, DIM);
  }

  static AttributedString good(String text) {
    return new AttributedString(text, GOOD);
  }

  static AttributedString bad(String text) {
    return new AttributedString(text, BAD);
  }

  /** What a status line says: who is there, and how far the last message got. */
  static AttributedString status(String presence, Tick tick) {
    AttributedStringBuilder line = new AttributedStringBuilder().styled(DIM, presence);
    if (tick != Tick.NONE) {
      line.styled(DIM, "   last message ")
          .styled(tick == Tick.READ ? OWN : DIM, tick.mark() + " " + tick.word());
    }
    return line.toAttributedString();
  }

  /** Others' text must not steer the terminal: no control characters but line ends and tabs. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .map(it -> Character.isISOControl(it) && it != '\n' && it != '\t' ? '\uFFFD' : it)
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }
}
