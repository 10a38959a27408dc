package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.client.Calls;
import io.skein.client.OutgoingMessage;
import io.skein.client.transport.Encoding;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Twenty of the members talk, each on three devices at two gateways; the others have no device.
 * {@code -Dskein.day.seed=…} plays the day that a failure names.
 */
@DisplayName("A day in a group of 500")
@Timeout(900)
class GroupDayIT {
  private static final int MEMBERS = 500;
  private static final int ACTIVE = 20;
  private static final int DEVICES = 3;
  private static final int ACTIONS = 600;
  private static final int UNANSWERED = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the client says of that which it could not send before it was closed. */
  private static final Set<ErrorCode> GONE_OFFLINE = Set.of(ErrorCode.UNAVAILABLE);

  /** A change may also come too late: another device was faster. */
  private static final Set<ErrorCode> TOO_LATE =
      Set.of(ErrorCode.NOT_FOUND, ErrorCode.UNCHANGED, ErrorCode.UNAVAILABLE);

  private static Cluster cluster;
  private static Node gateway1;
  private static Node gateway2;

  private final long seed = Long.getLong("skein.day.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Gadget> gadgets = new ArrayList<>();
  private final List<OutgoingMessage> messages = new ArrayList<>();
  private final List<OutgoingMessage> changes = new ArrayList<>();
  private final Map<String, Integer> read = new HashMap<>();
  private String group;
  private DayContents contents;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster("group-day");
    cluster.start("services", "session,message,presence,notify");
    cluster.awaitReady();
    gateway1 = cluster.start("gateway-1", "gateway");
    gateway2 = cluster.start("gateway-2", "gateway");
    cluster.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("leaves every device with the log, the same picture and the same unread counts")
  void day() {
    List<Person> people =
        IntStream.range(0, ACTIVE)
            .mapToObj(i -> Person.register(gateway1.tcp(), "day-" + i))
            .toList();
    registerOthers();
    for (Person person : people) {
      for (int i = 0; i < DEVICES; i++) {
        Gadget gadget = new Gadget(person, "device-" + i);
        gadgets.add(gadget);
        connect(gadget, i);
      }
    }
    makeGroup();

    // Two of the talkers go in the afternoon; who is not there any more does nothing.
    play(ACTIVE, ACTIONS / 2);
    settle();
    String leaver = people.get(ACTIVE - 1).id();
    String removed = people.get(ACTIVE - 2).id();
    online(leaver)
        .client()
        .call(Calls.LEAVE, LeaveRequest.newBuilder().setConversationId(group).build())
        .join();
    online("day-0")
        .client()
        .call(
            Calls.REMOVE_MEMBERS,
            RemoveMembersRequest.newBuilder().setConversationId(group).addUserIds(removed).build())
        .join();
    online("day-0")
        .client()
        .call(
            Calls.INVITE,
            InviteRequest.newBuilder().setConversationId(group).addUserIds("late-comer").build())
        .join();
    play(ACTIVE - 2, ACTIONS / 2);
    settle();
    check(people, Set.of(leaver, removed));
    gadgets.forEach(Gadget::close);
  }

  /** As many as the group needs, without the work of hashing hundreds of passwords. */
  private static void registerOthers() {
    sql(
        """
        INSERT INTO session.account (user_id, display_name)
        SELECT 'quiet-' || i, 'Quiet ' || i FROM generate_series(1, %d) i
        UNION ALL SELECT 'late-comer', 'Late comer'
        """
            .formatted(MEMBERS - ACTIVE));
  }

  private static void sql(String statement) {
    try (Connection connection = database();
        var one = connection.createStatement()) {
      one.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private static Connection database() throws SQLException {
    return DriverManager.getConnection(
        cluster.postgres().jdbcUrl(), cluster.postgres().jdbcProperties());
  }

  private static void connect(Gadget gadget, int way) {
    switch (way) {
      case 0 -> gadget.connect(gateway1.tcp(), Encoding.PROTOBUF);
      case 1 -> gadget.connect(gateway2.webSocket(), Encoding.JSON);
      default -> gadget.connect(gateway2.tcp(), Encoding.PROTOBUF);
    }
  }

  private void makeGroup() {
    CreateConversationRequest.Builder create =
        CreateConversationRequest.newBuilder().setKind(Kind.GROUP).setTitle("The whole school");
    IntStream.range(1, ACTIVE).forEach(i -> create.addMembers("day-" + i));
    IntStream.rangeClosed(1, MEMBERS - ACTIVE).forEach(i -> create.addMembers("quiet-" + i));
    group =
        gadgets
            .getFirst()
            .client()
            .call(Calls.CREATE, create.build())
            .join()
            .getConversation()
            .getConversationId();
    contents = new DayContents(random, group, ACTIVE - 2);
    // The device that made it has had the reply, and fetches the entry with the next one.
    await()
        .atMost(PATIENCE)
        .until(() -> gadgets.stream().skip(1).allMatch(one -> one.lastSeq() == 1));
  }

  /** One of the user's devices that are online; brings one online if there is none. */
  private Gadget online(String user) {
    List<Gadget> own = gadgets.stream().filter(one -> one.user().equals(user)).toList();
    Optional<Gadget> here = own.stream().filter(Gadget::isOnline).findFirst();
    here.ifPresentOrElse(one -> {}, () -> connect(own.getFirst(), random.nextInt(DEVICES)));
    return here.orElse(own.getFirst());
  }

  private void play(int users, int actions) {
    for (int i = 0; i < actions; i++) {
      Gadget gadget = gadgets.get(random.nextInt(users * DEVICES));
      if (!gadget.isOnline()) {
        connect(gadget, random.nextInt(DEVICES));
      } else {
        act(gadget, random.nextInt(100));
      }
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(() -> unanswered() < UNANSWERED);
    }
  }

  private long unanswered() {
    return messages.stream().filter(message -> !message.committed().isDone()).count();
  }

  private void act(Gadget gadget, int dice) {
    List<Entry> seen = gadget.entries().stream().filter(Entry::hasText).toList();
    if (dice < 50 || seen.isEmpty()) {
      messages.add(gadget.client().send(contents.message(gadget, seen, messages.size())));
    } else if (dice < 85) {
      Entry target = seen.get(random.nextInt(seen.size()));
      changes.add(gadget.client().send(contents.change(gadget, target, changes.size())));
    } else if (dice < 93) {
      int seq = gadget.client().read(group, gadget.lastSeq()).join().getReadSeq();
      read.merge(gadget.user(), seq, Math::max);
    } else {
      gadget.close();
    }
  }

  /**
   * All are online again, and nothing is left to be sent: also what a device had no answer to when
   * it went away, which it sends again when it is back. Changes may have come too late.
   */
  private void settle() {
    for (Gadget gadget : gadgets) {
      if (!gadget.isOnline()) {
        connect(gadget, random.nextInt(DEVICES));
      }
    }
    await().atMost(PATIENCE).until(() -> gadgets.stream().noneMatch(Gadget::hasUnsent));
    messages.forEach(message -> assertThat(GONE_OFFLINE).containsAll(refusal(message)));
    changes.forEach(change -> assertThat(TOO_LATE).containsAll(refusal(change)));
  }

  private static Set<ErrorCode> refusal(OutgoingMessage message) {
    try {
      message.committed().join();
      return Set.of();
    } catch (CompletionException refused) {
      return Set.of(((SkeinException) refused.getCause()).code());
    }
  }

  private record Row(int seq, String sender, int type) {}

  private List<Row> log() {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = database();
        var statement =
            connection.prepareStatement(
                "SELECT seq, sender, type FROM message.entry WHERE conversation_id = ?::uuid"
                    + " ORDER BY seq")) {
      statement.setString(1, group);
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new Row(found.getInt(1), found.getString(2), found.getInt(3)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  private void check(List<Person> people, Set<String> gone) {
    List<Row> log = log();
    assertThat(log).extracting(Row::seq).containsExactlyElementsOf(upTo(log.size()));
    assertThat(log).filteredOn(row -> row.type() == 10).hasSize(messages.size());
    List<Entry> truth = wholeHistory();
    Map<Integer, String> picture = new TreeMap<>();
    truth.stream()
        .filter(entry -> log.get(entry.getSeq() - 1).type() == 10)
        .forEach(entry -> picture.put(entry.getSeq(), Board.line(entry)));

    for (Gadget gadget : gadgets) {
      String where = gadget + ", seed " + seed;
      int last = gone.contains(gadget.user()) ? lastOf(gadget.user(), truth) : log.size();
      await().atMost(PATIENCE).until(() -> gadget.lastSeq() >= last);
      List<Entry> given = gadget.entries();
      assertThat(given)
          .as(where)
          .extracting(entry -> new Row(entry.getSeq(), entry.getSender(), 0))
          .isEqualTo(
              log.subList(0, last).stream()
                  .map(row -> new Row(row.seq(), row.sender(), 0))
                  .toList());
      if (!gone.contains(gadget.user())) {
        Board board = new Board();
        given.forEach(board::apply);
        assertThat(board.lines()).as(where).isEqualTo(picture);
        checkUnread(gadget, truth, log, where);
      }
    }
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  /** The entry that says that they left is the last that they see. */
  private static int lastOf(String user, List<Entry> truth) {
    return truth.stream()
        .filter(Entry::hasMembersChanged)
        .filter(entry -> entry.getMembersChanged().getUserIdsList().contains(user))
        .mapToInt(Entry::getSeq)
        .max()
        .orElseThrow();
  }

  private void checkUnread(Gadget gadget, List<Entry> truth, List<Row> log, String where) {
    int mark = read.getOrDefault(gadget.user(), 0);
    List<Entry> unread =
        truth.stream()
            .filter(entry -> entry.getSeq() > mark && log.get(entry.getSeq() - 1).type() == 10)
            .filter(entry -> !entry.getSender().equals(gadget.user()))
            .toList();
    long mentions =
        unread.stream()
            .filter(entry -> entry.getContext().getMentionsList().contains(gadget.user()))
            .count();
    gadget.client().sync().join();
    Conversation shown = gadget.client().conversations().join().getFirst();
    assertThat(shown.getReadSeq()).as(where).isEqualTo(mark);
    assertThat(shown.getUnread()).as(where).isEqualTo(unread.size());
    assertThat(shown.getMentions()).as(where).isEqualTo((int) mentions);
    assertThat(gadget.client().totalUnread().join()).as(where).isEqualTo(unread.size());
  }

  /** As a new device of the owner finds it. */
  private List<Entry> wholeHistory() {
    List<Entry> entries = new ArrayList<>();
    try (Gadget fresh = new Gadget(new Person("day-0", gateway1.tcp()), "new")) {
      connect(fresh, 0);
      HistoryReply page;
      do {
        page =
            fresh
                .client()
                .history(
                    HistoryRequest.newBuilder()
                        .setConversationId(group)
                        .setAfterSeq(entries.size())
                        .setLimit(200)
                        .build())
                .join();
        entries.addAll(page.getEntriesList());
      } while (entries.size() < page.getHeadSeq());
    }
    return entries;
  }
}
