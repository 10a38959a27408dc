package io.skein.message.program;

import io.skein.message.Caller;
import io.skein.message.program.Step.Setting;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a client holds: a list of conversations, their entries, a cursor. */
final class Device {
  final String user;
  final String session;
  boolean online = true;
  String cursor = "";
  final Map<String, Conversation> list = new HashMap<>();
  private final Map<String, TreeMap<Integer, Entry>> entries = new HashMap<>();

  /** All entries up to here have been asked for or pushed. */
  private final Map<String, Integer> complete = new HashMap<>();

  /**
   * What it must be told while it stays online, and what it was told, in the words of {@link Told}.
   */
  final Set<String> expected = new HashSet<>();

  final Set<String> told = new HashSet<>();

  Device(String user, String session) {
    this.user = user;
    this.session = session;
  }

  Caller caller() {
    return new Caller(user, session, Optional.empty(), System.nanoTime() + Run.PATIENCE.toNanos());
  }

  void goOffline() {
    online = false;
    expected.clear();
  }

  void forgetAll() {
    cursor = "";
    list.clear();
    entries.clear();
    complete.clear();
    expected.clear();
  }

  void listed(Conversation conversation) {
    list.put(conversation.getConversationId(), conversation);
    of(conversation.getConversationId())
        .headMap(conversation.getSettings().getClearedSeq(), true)
        .clear();
  }

  private TreeMap<Integer, Entry> of(String conversationId) {
    return entries.computeIfAbsent(conversationId, id -> new TreeMap<>());
  }

  int completeUpTo(String conversationId) {
    return complete.getOrDefault(conversationId, 0);
  }

  void pushed(Entry entry) {
    of(entry.getConversationId()).putIfAbsent(entry.getSeq(), entry);
    if (entry.getSeq() == completeUpTo(entry.getConversationId()) + 1) {
      complete.put(entry.getConversationId(), entry.getSeq());
    }
  }

  void page(String conversationId, List<Entry> page, int upTo) {
    page.forEach(entry -> of(conversationId).put(entry.getSeq(), entry));
    complete.merge(conversationId, upTo, Math::max);
  }

  /** The lines of all entries above a seq. */
  NavigableMap<Integer, String> shows(String conversationId, int above) {
    return new Picture(of(conversationId), user).lines().tailMap(above, false);
  }

  int firstSeq(String conversationId) {
    TreeMap<Integer, Entry> held = of(conversationId);
    return held.isEmpty() ? Integer.MAX_VALUE : held.firstKey();
  }

  /** A conversation of the list in the words of {@link Log#view}. */
  static String view(Conversation shown) {
    if (shown.getLeft()) {
      return "left, head " + shown.getHeadSeq();
    }
    return "head %d, last %d, read %d, unread %d, mentions %d, first unread %d, %s, %s, cleared %d, members %d, marks %s"
        .formatted(
            shown.getHeadSeq(),
            shown.getLastEntry().getSeq(),
            shown.getReadSeq(),
            shown.getUnread(),
            shown.getMentions(),
            shown.getFirstUnreadSeq(),
            shown.hasGroup() ? shown.getGroup().getRole() : "",
            settings(shown.getSettings()),
            shown.getSettings().getClearedSeq(),
            shown.getMemberCount(),
            shown.getMarksList().stream()
                .collect(
                    Collectors.toMap(Mark::getUserId, Device::marks, (a, b) -> a, TreeMap::new)));
  }

  static String marks(Mark mark) {
    return mark.getDeliveredSeq() + "/" + mark.getReadSeq();
  }

  static Set<Setting> settings(ConversationSettings settings) {
    Set<Setting> set = EnumSet.noneOf(Setting.class);
    if (settings.getMarkedUnread()) {
      set.add(Setting.MARKED_UNREAD);
    }
    if (settings.getPinned()) {
      set.add(Setting.PINNED);
    }
    if (settings.getMuted()) {
      set.add(Setting.MUTED);
    }
    if (settings.getArchived()) {
      set.add(Setting.ARCHIVED);
    }
    if (settings.hasDraft()) {
      set.add(Setting.DRAFT);
    }
    return set;
  }
}
