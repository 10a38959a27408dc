package io.skein.message.program;

import io.skein.message.program.Item.Type;
import io.skein.protocol.v1.Member.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A conversation of the model: its entries and who has which place in it. */
final class Log {
  /** The two of a direct conversation; of a group: nobody. */
  private final List<String> pair;

  final List<Item> items = new ArrayList<>();
  final Map<String, Seat> seats = new TreeMap<>();
  boolean onlyAdminsPost;
  boolean fullHistory;

  Log(List<String> pair) {
    this.pair = pair;
  }

  boolean isDirect() {
    return !pair.isEmpty();
  }

  /** A direct conversation is made by the first who sends something to the other. */
  void open(String sender) {
    if (pair.contains(sender)) {
      pair.forEach(user -> seats.putIfAbsent(user, new Seat(Role.MEMBER)));
    }
  }

  Log copy() {
    Log copy = new Log(pair);
    items.forEach(item -> copy.items.add(item.copy()));
    seats.forEach((user, seat) -> copy.seats.put(user, seat.copy()));
    copy.onlyAdminsPost = onlyAdminsPost;
    copy.fullHistory = fullHistory;
    return copy;
  }

  int head() {
    return items.size();
  }

  Item at(int seq) {
    return items.get(seq - 1);
  }

  Optional<Seat> present(String user) {
    return Optional.ofNullable(seats.get(user)).filter(Seat::isPresent);
  }

  List<String> members() {
    return seats.keySet().stream().filter(user -> present(user).isPresent()).toList();
  }

  Item append(String sender, Type type, String content) {
    return append(sender, type, content, 0, 0, 0, new TreeSet<>());
  }

  Item append(
      String sender,
      Type type,
      String content,
      int answers,
      int thread,
      int target,
      TreeSet<String> mentions) {
    Item item = new Item(head() + 1, sender, type, content, answers, thread, target, mentions);
    items.add(item);
    return item;
  }

  /** A message that this member may answer or change. */
  Optional<Item> message(Seat seat, int seq) {
    return seq < 1 || seq > head() || seq <= seat.joined
        ? Optional.empty()
        : Optional.of(at(seq)).filter(item -> item.isMessage() && !item.recalled);
  }

  void join(String user) {
    Seat seat = seats.computeIfAbsent(user, one -> new Seat(Role.MEMBER));
    seat.role = Role.MEMBER;
    seat.left = 0;
    seat.joined = fullHistory ? 0 : head();
    seat.read = head();
    seat.delivered = Math.max(seat.delivered, head());
  }

  /** The seqs that a user may see; empty if they were never here. */
  List<Item> visible(String user) {
    Seat seat = seats.get(user);
    return seat == null
        ? List.of()
        : items.stream()
            .filter(item -> item.seq > seat.lowest() && item.seq <= headOf(seat))
            .toList();
  }

  /** Their lines by seq. */
  NavigableMap<Integer, String> shownTo(String user) {
    Seat seat = seats.get(user);
    NavigableMap<Integer, String> lines = new TreeMap<>();
    if (seat != null && !seat.isPresent()) {
      lines.putAll(seat.kept);
    } else {
      visible(user).forEach(item -> lines.put(item.seq, item.shownTo(user)));
    }
    return lines;
  }

  /** What was taken back, which a former member may have seen before or not. */
  Set<Integer> gone() {
    return items.stream()
        .filter(item -> item.content.equals(Change.GONE))
        .map(item -> item.seq)
        .collect(Collectors.toSet());
  }

  int headOf(Seat seat) {
    return seat.isPresent() ? head() : seat.left;
  }

  /** Counted one by one. */
  int unread(String user) {
    return (int) unreadMessages(user).size();
  }

  private List<Item> unreadMessages(String user) {
    Seat seat = seats.get(user);
    return seat == null || !seat.isPresent()
        ? List.of()
        : items.stream()
            .filter(item -> item.isMessage() && item.seq > seat.read)
            .filter(item -> !item.sender.equals(user))
            .toList();
  }

  /** The conversation as this user's list shows it. */
  String view(String user) {
    Seat seat = seats.get(user);
    if (!seat.isPresent()) {
      return "left, head " + seat.left;
    }
    List<Item> unread = unreadMessages(user);
    return "head %d, last %d, read %d, unread %d, mentions %d, first unread %d, %s, %s, cleared %d, members %d, marks %s"
        .formatted(
            head(),
            items.stream()
                .filter(item -> item.type != Type.CHANGE && item.seq > seat.lowest())
                .mapToInt(item -> item.seq)
                .max()
                .orElse(0),
            seat.read,
            unread.size(),
            unread.stream().filter(item -> item.mentions(user)).count(),
            unread.stream().mapToInt(item -> item.seq).min().orElse(0),
            isDirect() ? "" : seat.role,
            seat.settings,
            seat.cleared,
            members().size(),
            marks(user));
  }

  private Map<String, String> marks(String user) {
    return members().stream()
        .filter(other -> !other.equals(user))
        .collect(Collectors.toMap(other -> other, this::marksOf, (a, b) -> a, TreeMap::new));
  }

  String marksOf(String user) {
    Seat seat = seats.get(user);
    return seat.delivered + "/" + seat.read;
  }
}
