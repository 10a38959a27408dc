package io.skein.message.program;

import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.message.program.Step.By;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Runs one program: each step against the service and the model, whose answers must be the same,
 * then compares what every device shows with what the model says.
 */
public final class Run {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What has failed once may fail a little too easily while a shorter program is looked for. */
  static final Duration IMPATIENCE = Duration.ofSeconds(2);

  private static final int CONVERSATIONS_PER_PAGE = 2;
  private static final int ENTRIES_PER_PAGE = 7;

  private final Service service;
  private final Calls calls;
  private final Told words;
  private final Duration patience;
  private Model model = new Model();
  private final List<Device> devices = new ArrayList<>();

  /** Which entries a user may ever have been pushed. */
  private final Map<String, Set<String>> entitled = new HashMap<>();

  /** A difference between what is and what should be. */
  public static final class Difference extends AssertionError {
    private static final long serialVersionUID = 1;

    Difference(String where, Object is, Object should) {
      super(where + "\n  is:     " + is + "\n  should: " + should);
    }
  }

  private Run(Service service, String prefix, Duration patience) {
    this.service = service;
    this.patience = patience;
    this.calls = new Calls(service, prefix);
    this.words = new Told(calls.numbers());
  }

  /**
   * Runs a program of users that nobody else uses.
   *
   * @param prefix of the ids of its users
   * @param patience how long the last pushes may take
   * @throws Difference the service did something else than the model
   */
  public static void of(Service service, String prefix, List<Step> program, Duration patience) {
    Run run = new Run(service, prefix, patience);
    run.begin();
    program.forEach(run::step);
    run.end();
  }

  private void begin() {
    model = calls.begin();
    for (int user = 0; user < Programs.USERS; user++) {
      for (int device = 0; device < Programs.DEVICES; device++) {
        devices.add(new Device(calls.user(user), calls.user(user) + "-" + device));
      }
    }
    model.logs.getFirst().members().stream()
        .forEach(
            user -> entitled.computeIfAbsent(user, one -> new HashSet<>()).add(Told.entry(0, 1)));
    devices.forEach(this::sync);
  }

  private Device device(By by) {
    return devices.get(by.user() * Programs.DEVICES + by.device());
  }

  private void step(Step step) {
    switch (step) {
      case Step.GoOffline off -> device(off.by()).goOffline();
      case Step.Return back -> sync(device(back.by()));
      case Step.Reinstall again -> {
        device(again.by()).forgetAll();
        sync(device(again.by()));
      }
      case Step.Held held -> held(held);
      case Step.Together both -> together(both.one(), both.other());
      case Step.Twice twice -> twice(twice);
      default -> {
        Calls.Asked asked = calls.ask(step, model, device(calls.by(step)));
        apply(step, asked);
      }
    }
    push();
  }

  /** The step has been asked for: the model does it too, and must answer the same. */
  private void apply(Step step, Calls.Asked asked) {
    Expectations news = new Expectations(model, devices, entitled);
    String should = asked.inModel().apply(model);
    same(step.toString(), asked.answer(), should);
    news.note(asked.by(), step);
  }

  static void same(String where, Object is, Object should) {
    if (!is.equals(should)) {
      throw new Difference(where, is, should);
    }
  }

  /**
   * What happens meanwhile happens before, unless the send was refused: nobody has seen it then.
   */
  private void held(Step.Held held) {
    try (Service.Hold hold = service.hold()) {
      Calls.Asked asked = calls.ask(held.send(), model, device(held.send().by()));
      within(PATIENCE).until(() -> hold.isFelt() || asked.isAnswered());
      boolean refused = asked.isAnswered();
      if (refused) {
        apply(held.send(), asked);
      }
      held.meanwhile().stream()
          .filter(
              step ->
                  !(step instanceof Step.Read read) || read.by().user() != held.send().by().user())
          .forEach(this::step);
      hold.close();
      if (!refused) {
        apply(held.send(), asked);
      }
    }
  }

  private void twice(Step.Twice twice) {
    Step.Send send =
        new Step.Send(new By(twice.user(), 0), twice.in(), Step.Mention.NOBODY, false, 0);
    Calls.Asked one = calls.ask(send, model, device(send.by()));
    Calls.Asked other = calls.askAgain(one, device(new By(twice.user(), 1)));
    Expectations news = new Expectations(model, devices, entitled);
    String should = one.inModel().apply(model);
    same(twice.toString(), one.answer(), should);
    same(twice + ", from the other device", other.answer(), should);
    news.noteTwice(calls.user(twice.user()));
  }

  /** Whichever came first, everything must be as if one had come after the other. */
  private void together(Step one, Step other) {
    int head = model.logs.getFirst().head();
    Calls.Asked first = calls.ask(one, model, device(calls.by(one)));
    Calls.Asked second = calls.ask(other, model, device(calls.by(other)));
    String answers = answer(one, first) + " and " + answer(other, second);
    String is = answers + ", log " + calls.groupLog(head);
    Model before = model;
    List<List<Expectations>> found = new ArrayList<>();
    String inOrder = tried(before, first, second, false, found);
    if (!is.equals(inOrder)) {
      String reversed = tried(before, second, first, true, found);
      if (!is.equals(reversed)) {
        throw new Difference(
            one + " together with " + other, is, inOrder + "\n  or:     " + reversed);
      }
    }
    found.getLast().forEach(news -> news.noteTogether(first.by(), second.by()));
  }

  /** Who joins is answered with what they see then: nothing, if they have just left again. */
  private static String answer(Step step, Calls.Asked asked) {
    String notFound = Model.refused(ErrorCode.NOT_FOUND);
    return step instanceof Step.Join && asked.answer().equals(notFound)
        ? Calls.DONE
        : asked.answer();
  }

  private String tried(
      Model before,
      Calls.Asked one,
      Calls.Asked other,
      boolean reversed,
      List<List<Expectations>> found) {
    model = before.copy();
    int head = model.logs.getFirst().head();
    Expectations ofFirst = new Expectations(model, devices, entitled);
    String first = one.inModel().apply(model);
    ofFirst.close();
    Expectations ofSecond = new Expectations(model, devices, entitled);
    String second = other.inModel().apply(model);
    found.add(List.of(ofFirst, ofSecond));
    List<String> log =
        model.logs.getFirst().items.stream()
            .skip(head)
            .map(item -> item.sender + ": " + item.content)
            .toList();
    return (reversed ? second + " and " + first : first + " and " + second) + ", log " + log;
  }

  /** Comes online, asks what changed, and fetches the entries that it does not have. */
  private void sync(Device device) {
    device.online = true;
    SyncReply page;
    do {
      SyncRequest request =
          SyncRequest.newBuilder()
              .setCursor(device.cursor)
              .setLimit(CONVERSATIONS_PER_PAGE)
              .build();
      page = calls.get("conversations.sync", device, request, SyncReply.class);
      device.cursor = page.getCursor();
      page.getConversationsList().forEach(device::listed);
      page.getConversationsList().forEach(conversation -> fetch(device, conversation));
    } while (page.getMore());
    same("the total of " + device.session, page.getTotalUnread(), model.total(device.user));
  }

  private void fetch(Device device, Conversation conversation) {
    String id = conversation.getConversationId();
    while (device.completeUpTo(id) < conversation.getHeadSeq()) {
      HistoryRequest request =
          HistoryRequest.newBuilder()
              .setConversationId(id)
              .setAfterSeq(device.completeUpTo(id))
              .setLimit(ENTRIES_PER_PAGE)
              .build();
      HistoryReply page = calls.get("messages.history", device, request, HistoryReply.class);
      boolean last = page.getEntriesCount() < ENTRIES_PER_PAGE;
      int upTo =
          last
              ? Math.max(page.getHeadSeq(), conversation.getHeadSeq())
              : page.getEntries(page.getEntriesCount() - 1).getSeq();
      device.page(id, page.getEntriesList(), upTo);
    }
  }

  /** Brings what has been delivered so far to the devices that are online. */
  private void push() {
    for (Delivery next = service.deliveries().poll();
        next != null;
        next = service.deliveries().poll()) {
      Delivery delivery = next;
      devices.stream()
          .filter(device -> delivery.getRecipientsList().contains(device.user))
          .filter(device -> !delivery.getExcludeSession().equals(device.session))
          .filter(device -> device.online)
          .forEach(device -> push(device, delivery));
    }
  }

  private void push(Device device, Delivery delivery) {
    Event event;
    try {
      event = Event.parseFrom(delivery.getEvent());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    String told = words.words(event);
    device.told.add(told);
    if (event.hasEntry()) {
      if (!entitled.getOrDefault(device.user, Set.of()).contains(told)) {
        throw new Difference("a push to " + device.session, told, "nothing: it is not for them");
      }
      device.pushed(event.getEntry());
    }
  }

  private void end() {
    within(patience)
        .untilAsserted(
            () -> {
              push();
              same("what was not told", missing(), Map.of());
            });
    for (int user = 0; user < Programs.USERS; user++) {
      devices.add(new Device(calls.user(user), calls.user(user) + "-new"));
    }
    devices.forEach(this::sync);
    devices.forEach(this::compare);
  }

  private static ConditionFactory within(Duration patience) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(patience);
  }

  private Map<String, Set<String>> missing() {
    Map<String, Set<String>> missing = new TreeMap<>();
    for (Device device : devices) {
      Set<String> untold = new TreeSet<>(device.expected);
      untold.removeAll(device.told);
      untold.removeAll(outOfSight(device.user));
      if (!untold.isEmpty()) {
        missing.put(device.session, untold);
      }
    }
    return missing;
  }

  /**
   * Who has left and come back sees nothing of what was before that, and need not be told of it:
   * the members may have been looked up only then.
   */
  private Set<String> outOfSight(String user) {
    Set<String> entries = new HashSet<>();
    for (int in = 0; in < model.logs.size(); in++) {
      Seat seat = model.logs.get(in).seats.get(user);
      for (int seq = 1; seat != null && seq <= seat.joined; seq++) {
        entries.add(Told.entry(in, seq));
      }
    }
    return entries;
  }

  private void compare(Device device) {
    for (int in = 0; in < model.logs.size(); in++) {
      Log log = model.logs.get(in);
      Seat seat = log.seats.get(device.user);
      String id = calls.id(in);
      boolean isNew = device.session.endsWith("-new");
      if (seat == null || log.head() == 0 || isNew && !seat.isPresent()) {
        same(device.session + " lists " + in, device.list.containsKey(id), false);
        continue;
      }
      if (!seat.isPresent() && !device.list.containsKey(id)) {
        continue; // It was installed after its user had left.
      }
      String where = device.session + " in " + in;
      Conversation listed = device.list.getOrDefault(id, Conversation.getDefaultInstance());
      same(where, Device.view(listed), log.view(device.user));
      // Older entries that a second membership opened are asked for when they are scrolled to.
      int above = isNew ? seat.lowest() : Math.max(seat.lowest(), device.firstSeq(id) - 1);
      NavigableMap<Integer, String> is = device.shows(id, above);
      NavigableMap<Integer, String> should = log.shownTo(device.user).tailMap(above, false);
      if (!seat.isPresent()) {
        is.keySet().removeAll(log.gone());
        should.keySet().removeAll(log.gone());
      }
      same(where, String.join("\n", is.values()), String.join("\n", should.values()));
    }
  }
}
