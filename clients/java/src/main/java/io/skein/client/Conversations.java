package io.skein.client;

import com.google.protobuf.Timestamp;
import io.skein.protocol.EntryKinds;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The user's conversations as far as this client knows: what the last sync said, carried on with
 * every entry and mark. Confined to the loop.
 */
final class Conversations {
  private static final Comparator<Conversation> NEWEST_FIRST =
      Comparator.comparing(Conversations::lastAt).reversed();

  private final Consumer<Conversation> onSynced;
  private final Runnable onUnknown;
  private final Map<String, Conversation> known = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private String self = "";
  private int totalUnread;

  /** {@code onUnknown}: there is one more, and only a sync tells what it is. */
  Conversations(Consumer<Conversation> onSynced, Runnable onUnknown) {
    this.onSynced = onSynced;
    this.onUnknown = onUnknown;
  }

  void belongTo(String userId) {
    self = userId;
  }

  void synced(Conversation conversation) {
    known.put(conversation.getConversationId(), conversation);
    unknown.remove(conversation.getConversationId());
    onSynced.accept(conversation);
  }

  void complete(int unread) {
    totalUnread = unread;
    complete.complete(null);
  }

  /** A next entry. What it counts is a guess that the next mark or sync corrects. */
  void applied(Entry entry) {
    Conversation before = known.get(entry.getConversationId());
    if (before == null && unknown.add(entry.getConversationId())) {
      onUnknown.run();
    }
    if (before == null || entry.getSeq() <= before.getHeadSeq()) {
      return;
    }
    boolean counts = !entry.getSender().equals(self) && EntryKinds.isMessage(entry);
    if (counts) {
      totalUnread++;
    }
    known.put(
        before.getConversationId(),
        before.toBuilder()
            .setHeadSeq(entry.getSeq())
            .setLastEntry(EntryKinds.isChange(entry) ? after(entry, before.getLastEntry()) : entry)
            .setUnread(before.getUnread() + (counts ? 1 : 0))
            .build());
  }

  /** The last entry after a change: what an erased user said is not kept. */
  private static Entry after(Entry change, Entry last) {
    boolean gone =
        change.hasErased()
            && EntryKinds.isMessage(last)
            && last.getSender().equals(change.getErased().getUserId());
    return gone ? last.toBuilder().clearContent().clearContext().build() : last;
  }

  void configured(ConversationSettings settings) {
    known.computeIfPresent(
        settings.getConversationId(),
        (id, conversation) -> conversation.toBuilder().setSettings(settings).build());
  }

  void marked(Mark mark) {
    Conversation before = known.get(mark.getConversationId());
    if (before == null || !mark.getUserId().equals(self)) {
      return;
    }
    Conversation.Builder after =
        before.toBuilder().setReadSeq(Math.max(before.getReadSeq(), mark.getReadSeq()));
    if (before.hasSettings()) {
      after.getSettingsBuilder().setMarkedUnread(false); // Any read ends it.
    }
    if (mark.hasUnread()) {
      after.setUnread(mark.getUnread());
    }
    if (mark.hasTotalUnread()) {
      totalUnread = mark.getTotalUnread();
    }
    known.put(mark.getConversationId(), after.build());
  }

  /** All of them, those with the newest entries first; waits for the first sync. */
  CompletableFuture<List<Conversation>> list() {
    return complete.thenApply(
        nothing -> {
          List<Conversation> all = new ArrayList<>(known.values());
          all.sort(NEWEST_FIRST);
          return all;
        });
  }

  CompletableFuture<Integer> totalUnread() {
    return complete.thenApply(nothing -> totalUnread);
  }

  private static Instant lastAt(Conversation conversation) {
    Timestamp at = conversation.getLastEntry().getSentAt();
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
