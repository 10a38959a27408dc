package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.ConversationView.PeerMark;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Member.Role;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** All stores in memory, under one lock: what the contract says, in the plainest form. */
final class MemoryStore implements EntryStore, ConversationStore, MarkStore, Outbox {
  private final Clock clock;
  private final Map<UUID, Log> logs = new HashMap<>();
  private final Set<UUID> locked = new HashSet<>();
  private final Map<UUID, OutboxRow> outbox = new LinkedHashMap<>();
  final Map<UUID, Wakeup> wakeups = new HashMap<>();
  private String sessionMemory = "";
  private long transaction = 1;

  MemoryStore(Clock clock) {
    this.clock = clock;
  }

  // Entries

  @Override
  public synchronized Future<List<Outcome>> append(Batch batch) {
    transaction++;
    Map<UUID, Span> spans = new LinkedHashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Draft draft : batch.drafts()) {
      draft.direct().ifPresent(pair -> makeDirect(draft.conversationId(), pair));
      Outcome outcome = append(draft);
      outcomes.add(outcome);
      if (outcome instanceof Outcome.Stored stored && !stored.duplicate()) {
        spans.merge(
            draft.conversationId(),
            new Span(draft.conversationId(), stored.seq(), stored.seq()),
            (was, now) -> new Span(was.conversationId(), was.firstSeq(), now.lastSeq()));
      }
    }
    if (!spans.isEmpty()) {
      outbox.put(batch.id(), new OutboxRow(batch.bootId(), List.copyOf(spans.values()), null));
    }
    return Future.succeededFuture(outcomes);
  }

  private void makeDirect(UUID id, DirectPair pair) {
    List<String> members = Stream.of(pair.low(), pair.high()).distinct().toList();
    logs.computeIfAbsent(id, made -> new Log(Kind.DIRECT, "", members, 0));
  }

  private Outcome append(Draft draft) {
    Log log = logs.get(draft.conversationId());
    if (log == null) {
      return Outcome.Refused.NOT_FOUND;
    }
    if (locked.contains(draft.conversationId())) {
      return new Outcome.Busy();
    }
    Optional<Row> first = log.find(draft.sender(), draft.clientMsgId());
    if (first.isPresent()) {
      Entry entry = first.get().entry();
      return entry.type() == draft.content().type() && entry.body().equals(draft.content().body())
          ? new Outcome.Stored(entry.seq(), entry.sentAt(), log.membersSeq, 0, 0, true)
          : Outcome.Refused.CONFLICT;
    }
    Standing member = log.members.get(draft.sender());
    if (member == null || member.leftSeq != Members.Membership.STAYS) {
      return Outcome.Refused.NOT_FOUND;
    }
    if (draft.after().isPresent()
        && log.find(draft.sender(), draft.after().orElseThrow()).isEmpty()) {
      return Outcome.Refused.OUT_OF_ORDER;
    }
    Entry entry =
        log.add(
            draft.conversationId(),
            draft.sender(),
            Optional.of(draft.clientMsgId()),
            draft.content().type(),
            draft.content().body(),
            draft.content().countable());
    return new Outcome.Stored(entry.seq(), entry.sentAt(), log.membersSeq, 0, 0, false);
  }

  @Override
  public synchronized Future<Optional<History>> history(UUID id, String userId, Range range) {
    Log log = logs.get(id);
    if (log == null || !log.members.containsKey(userId)) {
      return Future.succeededFuture(Optional.empty());
    }
    Standing member = log.members.get(userId);
    int head = Math.min(log.rows.size(), member.leftSeq);
    Comparator<Entry> order = Comparator.comparingInt(Entry::seq);
    List<Entry> wanted =
        log.rows.stream()
            .map(Row::entry)
            .filter(entry -> entry.seq() > member.joinedSeq && entry.seq() <= head)
            .filter(entry -> entry.seq() >= range.fromSeq() && entry.seq() <= range.toSeq())
            .sorted(range.newestFirst() ? order.reversed() : order)
            .limit(range.limit())
            .toList();
    List<Entry> page = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : wanted) {
      bytes += entry.body().size();
      if (bytes > range.maxBytes() && !page.isEmpty()) {
        break;
      }
      page.add(entry);
    }
    page.sort(order);
    return Future.succeededFuture(Optional.of(new History(page, head)));
  }

  @Override
  public synchronized Future<List<Entry>> entries(UUID id, int firstSeq, int lastSeq) {
    return Future.succeededFuture(
        logs.get(id).rows.subList(firstSeq - 1, lastSeq).stream().map(Row::entry).toList());
  }

  // Conversations

  @Override
  public synchronized Future<Boolean> create(NewConversation made) {
    transaction++;
    if (logs.containsKey(made.id())) {
      return Future.succeededFuture(false);
    }
    Log log = new Log(made.kind(), made.title(), made.members(), 1);
    log.members.get(made.creator()).role = Role.OWNER;
    log.add(
        made.id(),
        made.creator(),
        Optional.empty(),
        made.firstEntryType(),
        made.firstEntry(),
        false);
    logs.put(made.id(), log);
    outbox.put(
        made.batchId(), new OutboxRow(made.bootId(), List.of(new Span(made.id(), 1, 1)), null));
    return Future.succeededFuture(true);
  }

  @Override
  public synchronized Future<Boolean> exists(UUID conversationId) {
    return Future.succeededFuture(logs.containsKey(conversationId));
  }

  /** Blocks have a test of their own, with the real store. */
  @Override
  public Future<Void> block(DirectPair pair, String blockedUser, boolean blocked) {
    return Future.failedFuture(new UnsupportedOperationException("block"));
  }

  @Override
  public Future<Set<String>> blockers(String userId, Collection<String> others) {
    return Future.succeededFuture(Set.of());
  }

  @Override
  public synchronized Future<Optional<Members>> members(UUID conversationId, int most) {
    return Future.succeededFuture(
        Optional.ofNullable(logs.get(conversationId))
            .map(
                log ->
                    log.members.size() > most
                        ? Members.large(log.membersSeq)
                        : Members.of(
                            log.membersSeq,
                            log.members.entrySet().stream()
                                .map(
                                    member ->
                                        new Members.Membership(
                                            member.getKey(),
                                            member.getValue().role,
                                            member.getValue().joinedSeq,
                                            member.getValue().leftSeq))
                                .toList())));
  }

  @Override
  public synchronized Future<List<MarkResult>> read(List<NewMark> marks) {
    transaction++;
    return Future.succeededFuture(marks.stream().map(mark -> move(mark, true)).toList());
  }

  @Override
  public synchronized Future<List<MarkResult>> delivered(List<NewMark> marks) {
    transaction++;
    return Future.succeededFuture(marks.stream().map(mark -> move(mark, false)).toList());
  }

  private MarkResult move(NewMark mark, boolean read) {
    Log log = logs.get(mark.place().conversationId());
    Standing member = log == null ? null : log.members.get(mark.place().userId());
    if (member == null || member.leftSeq != Members.Membership.STAYS) {
      return new MarkResult.NotFound();
    }
    int head = log.rows.size();
    int target = read ? Math.min(mark.seq(), head) : mark.seq();
    boolean moved = target <= head && target > (read ? member.readSeq : member.deliveredSeq);
    if (moved) {
      member.readSeq = read ? target : member.readSeq;
      member.deliveredSeq = Math.max(member.deliveredSeq, target);
      member.changed = transaction;
    }
    mark.devices().forEach((device, seq) -> move(member, device, seq, read, head));
    int unread = read ? log.unread(mark.place().userId(), member) : 0;
    return new MarkResult.Marked(
        member.readSeq, member.deliveredSeq, unread, log.membersSeq, moved);
  }

  /** The device that moved last stands last. */
  private static void move(Standing member, String device, int seq, boolean read, int head) {
    DeviceMark before = member.devices.getOrDefault(device, new DeviceMark(device, -1, -1));
    int target = Math.min(seq, head);
    DeviceMark after =
        new DeviceMark(
            device,
            Math.max(before.deliveredSeq(), target),
            Math.max(before.readSeq(), read ? target : 0));
    if ((read || seq <= head) && !after.equals(before)) {
      member.devices.remove(device);
      member.devices.put(device, after);
      if (member.devices.size() > MAX_DEVICES) {
        member.devices.remove(member.devices.keySet().iterator().next());
      }
    }
  }

  @Override
  public synchronized Future<Optional<List<DeviceMark>>> devices(Place place) {
    Log log = logs.get(place.conversationId());
    Standing member = log == null ? null : log.members.get(place.userId());
    return Future.succeededFuture(
        member == null || member.leftSeq != Members.Membership.STAYS
            ? Optional.empty()
            : Optional.of(
                member.devices.values().stream()
                    .sorted(Comparator.comparing(DeviceMark::deviceId))
                    .toList()));
  }

  @Override
  public synchronized Future<Map<String, Integer>> totalUnread(Collection<String> userIds) {
    Map<String, Integer> totals = new HashMap<>();
    for (String user : userIds) {
      totals.put(user, total(user));
    }
    return Future.succeededFuture(totals);
  }

  private int total(String user) {
    return logs.values().stream()
        .filter(log -> log.has(user))
        .mapToInt(log -> log.unread(user, log.members.get(user)))
        .sum();
  }

  @Override
  public synchronized Future<List<UnreadView>> unread(List<Place> places) {
    List<UnreadView> views = new ArrayList<>();
    for (Place place : places) {
      Log log = logs.get(place.conversationId());
      if (log != null && log.has(place.userId())) {
        Standing member = log.members.get(place.userId());
        views.add(
            new UnreadView(
                place,
                log.title,
                log.unread(place.userId(), member),
                member.readSeq,
                log.rows.size(),
                log.unreadRows(place.userId(), member)
                    .reduce((lower, higher) -> higher)
                    .map(Row::entry)));
      }
    }
    return Future.succeededFuture(views);
  }

  @Override
  public synchronized Future<SyncPage> sync(
      String userId, long since, Optional<Position> before, int limit) {
    Comparator<Position> order =
        Comparator.comparing(Position::lastSentAt)
            .thenComparing(position -> position.conversationId().toString());
    List<ConversationView> views =
        logs.entrySet().stream()
            .filter(log -> log.getValue().isShownTo(userId, since))
            .map(log -> log.getValue().view(log.getKey(), userId))
            .filter(view -> before.isEmpty() || order.compare(view.position(), before.get()) < 0)
            .sorted(Comparator.comparing(ConversationView::position, order).reversed())
            .limit(limit)
            .toList();
    return Future.succeededFuture(new SyncPage("memory", transaction + 1, total(userId), views));
  }

  @Override
  public synchronized Future<Optional<ConversationView>> view(UUID id, String userId) {
    return Future.succeededFuture(
        Optional.ofNullable(logs.get(id))
            .filter(log -> log.isShownTo(userId, 0))
            .map(log -> log.view(id, userId)));
  }

  // Outbox

  @Override
  public synchronized Future<List<Pending>> pending(int limit) {
    return Future.succeededFuture(
        outbox.entrySet().stream()
            .filter(row -> row.getValue().doneAt == null)
            .map(row -> new Pending(row.getKey(), row.getValue().bootId))
            .limit(limit)
            .toList());
  }

  @Override
  public synchronized Future<List<Pending>> pendingWith(Collection<EntryRef> entries) {
    return Future.succeededFuture(
        outbox.entrySet().stream()
            .filter(row -> row.getValue().doneAt == null)
            .filter(row -> entries.stream().anyMatch(row.getValue()::holds))
            .map(row -> new Pending(row.getKey(), row.getValue().bootId))
            .toList());
  }

  @Override
  public synchronized Future<List<Claimed>> claim(UUID bootId, Collection<Pending> seen) {
    List<Claimed> claimed = new ArrayList<>();
    for (Pending pending : seen) {
      OutboxRow row = outbox.get(pending.batchId());
      if (row != null && row.doneAt == null && row.bootId.equals(pending.bootId())) {
        outbox.put(pending.batchId(), new OutboxRow(bootId, row.spans, null));
        claimed.add(new Claimed(pending.batchId(), row.spans));
      }
    }
    return Future.succeededFuture(claimed);
  }

  @Override
  public synchronized Future<Void> done(Collection<UUID> batchIds, Collection<Wakeup> wakeups) {
    wakeups.forEach(wakeup -> this.wakeups.put(wakeup.conversationId(), wakeup));
    batchIds.forEach(
        id ->
            outbox.computeIfPresent(
                id, (same, row) -> new OutboxRow(row.bootId, row.spans, clock.instant())));
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Integer> removeDone(Duration olderThan, int limit) {
    Instant border = clock.instant().minus(olderThan);
    List<UUID> old =
        outbox.entrySet().stream()
            .filter(row -> row.getValue().doneAt != null && row.getValue().doneAt.isBefore(border))
            .map(Map.Entry::getKey)
            .limit(limit)
            .toList();
    old.forEach(outbox::remove);
    return Future.succeededFuture(old.size());
  }

  // What tests do to it

  synchronized void remove(UUID conversationId, String userId) {
    transaction++;
    Log log = logs.get(conversationId);
    log.membersSeq++;
    log.members.get(userId).leftSeq = log.rows.size();
    log.members.get(userId).changed = transaction;
  }

  synchronized void lock(UUID conversationId) {
    locked.add(conversationId);
  }

  synchronized void unlock(UUID conversationId) {
    locked.remove(conversationId);
  }

  private record Row(Entry entry, boolean countable) {}

  @Override
  public synchronized Future<Integer> replay(String memory, int limit) {
    boolean lost = !sessionMemory.isEmpty() && !sessionMemory.equals(memory);
    sessionMemory = memory;
    if (!lost) {
      return Future.succeededFuture(0);
    }
    List<UUID> newest =
        outbox.entrySet().stream()
            .filter(row -> row.getValue().doneAt != null)
            .sorted(
                Comparator.comparing(
                    (Map.Entry<UUID, OutboxRow> row) -> row.getValue().doneAt,
                    Comparator.reverseOrder()))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    newest.forEach(
        id ->
            outbox.computeIfPresent(id, (same, row) -> new OutboxRow(row.bootId, row.spans, null)));
    return Future.succeededFuture(newest.size());
  }

  @Override
  public synchronized Future<Optional<Voice>> voice(UUID conversationId, String userId) {
    Log log = logs.get(conversationId);
    return Future.succeededFuture(
        log == null || !log.has(userId)
            ? Optional.empty()
            : Optional.of(new Voice(log.membersSeq, false)));
  }

  private record OutboxRow(UUID bootId, List<Span> spans, Instant doneAt) {
    boolean holds(EntryRef entry) {
      return spans.stream()
          .anyMatch(
              span ->
                  span.conversationId().equals(entry.conversationId())
                      && span.firstSeq() <= entry.seq()
                      && entry.seq() <= span.lastSeq());
    }
  }

  private static final class Standing {
    private final int joinedSeq = 0;
    private Role role = Role.MEMBER;
    private int leftSeq = Members.Membership.STAYS;
    private int readSeq;
    private int deliveredSeq;
    private long changed;
    private final Map<String, DeviceMark> devices = new LinkedHashMap<>();
  }

  private final class Log {
    private final Kind kind;
    private final String title;
    private final Map<String, Standing> members = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private int membersSeq;
    private final Instant createdAt;
    private Instant lastSentAt;
    private long changed = transaction;

    Log(Kind kind, String title, List<String> members, int membersSeq) {
      this.kind = kind;
      this.title = title;
      this.membersSeq = membersSeq;
      this.createdAt = clock.instant();
      this.lastSentAt = createdAt;
      members.forEach(member -> this.members.put(member, new Standing()));
    }

    Entry add(
        UUID id,
        String sender,
        Optional<UUID> clientMsgId,
        int type,
        ByteString body,
        boolean countable) {
      Instant now = clock.instant();
      lastSentAt = now.isAfter(lastSentAt) ? now : lastSentAt;
      Entry entry =
          new Entry(
              id,
              rows.size() + 1,
              sender,
              clientMsgId,
              lastSentAt,
              type,
              body,
              ByteString.EMPTY,
              0,
              Optional.empty());
      rows.add(new Row(entry, countable));
      changed = transaction;
      return entry;
    }

    boolean has(String userId) {
      return members.containsKey(userId) && members.get(userId).leftSeq == Members.Membership.STAYS;
    }

    Optional<Row> find(String sender, UUID clientMsgId) {
      return rows.stream()
          .filter(row -> row.entry.sender().equals(sender))
          .filter(row -> row.entry.clientMsgId().equals(Optional.of(clientMsgId)))
          .findFirst();
    }

    int unread(String userId, Standing member) {
      return (int) unreadRows(userId, member).count();
    }

    Stream<Row> unreadRows(String userId, Standing member) {
      return rows.stream()
          .filter(row -> row.countable && row.entry.seq() > member.readSeq)
          .filter(row -> !row.entry.sender().equals(userId));
    }

    boolean isShownTo(String userId, long since) {
      Standing member = members.get(userId);
      if (member == null || kind == Kind.DIRECT && rows.isEmpty()) {
        return false;
      }
      boolean left = member.leftSeq != Members.Membership.STAYS;
      long newest =
          members.values().stream()
              .filter(other -> other == member || members.size() <= ConversationView.SMALL)
              .mapToLong(other -> other.changed)
              .reduce(changed, Math::max);
      return left ? since > 0 && member.changed >= since : newest >= since;
    }

    ConversationView view(UUID id, String userId) {
      Standing member = members.get(userId);
      boolean left = member.leftSeq != Members.Membership.STAYS;
      int head = Math.min(rows.size(), member.leftSeq);
      List<PeerMark> marks =
          members.entrySet().stream()
              .filter(other -> !left && !other.getKey().equals(userId) && has(other.getKey()))
              .map(
                  other ->
                      new PeerMark(
                          other.getKey(), other.getValue().deliveredSeq, other.getValue().readSeq))
              .toList();
      return new ConversationView(
          id,
          kind,
          left ? "" : title,
          kind == Kind.DIRECT
              ? marks.stream().map(PeerMark::userId).findFirst().or(() -> Optional.of(userId))
              : Optional.empty(),
          createdAt,
          lastSentAt,
          head,
          member.readSeq,
          left ? 0 : unread(userId, member),
          (int) members.keySet().stream().filter(this::has).count(),
          left,
          head > 0 ? Optional.of(rows.get(head - 1).entry) : Optional.empty(),
          marks,
          Optional.empty(),
          ConversationView.ReadState.NONE);
    }
  }
}
