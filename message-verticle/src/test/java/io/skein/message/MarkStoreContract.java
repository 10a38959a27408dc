package io.skein.message;

import static io.skein.message.Given.get;
import static io.skein.message.Given.mark;
import static io.skein.message.Given.marked;
import static io.skein.message.Given.text;
import static io.skein.message.Given.uncounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.ConversationView.PeerMark;
import io.skein.message.MarkStore.DeviceMark;
import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.NewMark;
import io.skein.message.MarkStore.Place;
import io.skein.message.MarkStore.UnreadView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What every store of read and delivered marks does. */
abstract class MarkStoreContract extends StoreContract {

  @Test
  @DisplayName("Own messages do not count, and sending hides nothing that was not read")
  void countsOthersOnly() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"), text(trip, alice, "3"));
    given.sent(trip, bob);
    assertThat(given.unread(trip, bob)).isEqualTo(2);
    assertThat(given.unread(trip, alice)).isEqualTo(1);
    assertThat(given.read(trip, bob, 2)).satisfies(marked(2, 2, 1, true));
  }

  @Test
  @DisplayName("Read marks move forward only, and not beyond the head")
  void readsForwardOnly() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"), text(trip, alice, "3"), text(trip, alice, "4"));
    assertThat(given.read(trip, bob, 3)).satisfies(marked(3, 3, 1, true));
    assertThat(given.read(trip, bob, 2)).satisfies(marked(3, 3, 1, false));
    assertThat(given.read(trip, bob, 3)).satisfies(marked(3, 3, 1, false));
    assertThat(given.read(trip, bob, 1000)).satisfies(marked(4, 4, 0, true));
    given.sent(trip, alice);
    assertThat(given.unread(trip, bob)).isEqualTo(1);
  }

  @Test
  @DisplayName("Delivered marks move forward only, stay behind the head, and read nothing")
  void deliversForwardOnly() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"), text(trip, alice, "3"));
    assertThat(given.delivered(trip, bob, 2)).satisfies(marked(0, 2, 0, true));
    assertThat(moved(given.delivered(trip, bob, 1))).isFalse();
    assertThat(moved(given.delivered(trip, bob, 4))).isFalse();
    assertThat(given.unread(trip, bob)).isEqualTo(2);
    assertThat(get(stores.conversations().view(trip, alice)).orElseThrow().marks())
        .containsExactly(new PeerMark(bob, 2, 0));
  }

  @Test
  @DisplayName(
      "Each device has marks of its own, which move forward only, in whatever order they come")
  void keepsDevicesApart() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"), text(trip, alice, "3"), text(trip, alice, "4"));
    assertThat(devices(trip, bob)).isEmpty();
    given.delivered(trip, bob, 1);
    assertThat(devices(trip, bob)).as("no device is named").isEmpty();

    delivered(on(trip, bob, "phone", 2), on(trip, bob, "web", 4), on(trip, bob, "phone", 1));
    assertThat(devices(trip, bob))
        .containsExactly(new DeviceMark("phone", 2, 0), new DeviceMark("web", 4, 0));
    delivered(on(trip, bob, "phone", 3));
    delivered(on(trip, bob, "phone", 2), on(trip, bob, "web", 5));
    assertThat(devices(trip, bob))
        .as("one behind, and one beyond the head")
        .containsExactly(new DeviceMark("phone", 3, 0), new DeviceMark("web", 4, 0));

    get(stores.marks().read(List.of(on(trip, bob, "phone", 1))));
    get(stores.marks().read(List.of(on(trip, bob, "web", 1000), on(trip, alice, "web", 2))));
    assertThat(devices(trip, bob))
        .containsExactly(new DeviceMark("phone", 3, 1), new DeviceMark("web", 4, 4));
    assertThat(devices(trip, alice)).containsExactly(new DeviceMark("web", 2, 2));
    assertThat(get(stores.conversations().view(trip, alice)).orElseThrow().marks())
        .containsExactly(new PeerMark(bob, 4, 4));
  }

  @Test
  @DisplayName("Strangers and removed members have no marks of devices")
  void keepsNoDevicesOfStrangers() {
    UUID trip = given.group(alice, bob);
    delivered(on(trip, bob, "phone", 1), on(trip, carol, "phone", 1));
    assertThat(get(stores.marks().devices(new Place(trip, carol)))).isEmpty();
    stores.remove(trip, bob);
    delivered(on(trip, bob, "web", 1));
    assertThat(get(stores.marks().devices(new Place(trip, bob)))).isEmpty();
  }

  @Test
  @DisplayName("Of many devices those are kept that moved last")
  void boundsDevices() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"));
    for (int i = 10; i < 10 + MarkStore.MAX_DEVICES; i++) {
      delivered(on(trip, bob, "d" + i, 1));
    }
    delivered(on(trip, bob, "d10", 2));
    delivered(on(trip, bob, "new", 2));
    assertThat(devices(trip, bob))
        .hasSize(MarkStore.MAX_DEVICES)
        .extracting(DeviceMark::deviceId)
        .contains("d10", "new")
        .doesNotContain("d11");
  }

  private void delivered(NewMark... marks) {
    get(stores.marks().delivered(List.of(marks)));
  }

  private List<DeviceMark> devices(UUID conversation, String user) {
    return get(stores.marks().devices(new Place(conversation, user))).orElseThrow();
  }

  private static NewMark on(UUID conversation, String user, String device, int seq) {
    return new NewMark(new Place(conversation, user), seq, Map.of(device, seq));
  }

  @Test
  @DisplayName("Of several marks for one member in a batch the furthest counts")
  void takesTheFurthest() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "2"), text(trip, alice, "3"));
    get(stores.marks().read(List.of(mark(trip, bob, 3), mark(trip, alice, 1), mark(trip, bob, 2))));
    assertThat(given.unread(trip, bob)).isZero();
  }

  @Test
  @DisplayName("Strangers and removed members have no mark to move")
  void hidesFromStrangers() {
    UUID trip = given.group(alice, bob);
    given.sent(trip, alice);
    stores.remove(trip, bob);
    for (UUID conversation : List.of(trip, UUID.randomUUID())) {
      for (String user : List.of(bob, carol)) {
        assertThat(given.read(conversation, user, 1)).isInstanceOf(MarkResult.NotFound.class);
        assertThat(given.delivered(conversation, user, 1)).isInstanceOf(MarkResult.NotFound.class);
      }
    }
    assertThat(get(stores.marks().totalUnread(List.of(bob)))).containsEntry(bob, 0);
  }

  @Test
  @DisplayName("What is unread in total is the sum, and the newest unread entry is another's")
  void sumsUp() {
    UUID one = given.group(alice, bob);
    UUID two = given.group(alice, bob);
    given.append(text(one, alice, "a"), text(one, alice, "b"), text(one, bob, "c"));
    given.append(text(two, alice, "d"), uncounted(two, alice));
    assertThat(get(stores.marks().totalUnread(List.of(alice, bob, carol))))
        .containsOnly(Map.entry(alice, 1), Map.entry(bob, 3), Map.entry(carol, 0));

    List<UnreadView> views =
        get(
            stores
                .marks()
                .unread(List.of(new Place(one, bob), new Place(two, bob), new Place(two, carol))));
    assertThat(views).extracting(UnreadView::unread).containsExactlyInAnyOrder(2, 1);
    assertThat(views)
        .extracting(view -> Given.bodyOf(view.lastUnread().orElseThrow()))
        .containsExactlyInAnyOrder("b", "d");
  }

  @RepeatedTest(30)
  @DisplayName("Whatever is sent and read in whatever order, the count is what counting gives")
  void isExact(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> members = List.of(alice, bob, carol);
    UUID trip = given.group(alice, bob, carol);
    List<Draft> log = new ArrayList<>(List.of(uncounted(trip, alice))); // comes with the group
    Map<String, Integer> marks = new HashMap<>();
    for (int step = 0; step < 40; step++) {
      String user = members.get(random.nextInt(3));
      if (random.nextInt(3) > 0) {
        Draft draft = random.nextInt(4) > 0 ? text(trip, user, "x") : uncounted(trip, user);
        given.append(draft, draft);
        log.add(draft);
      } else {
        int seq = random.nextInt(log.size() + 3);
        marks.merge(user, Math.min(seq, log.size()), Math::max);
        given.read(trip, user, seq);
      }
      for (String member : members) {
        long expected =
            log.stream()
                .skip(marks.getOrDefault(member, 0))
                .filter(draft -> draft.content().countable() && !draft.sender().equals(member))
                .count();
        assertThat(given.unread(trip, member))
            .as("%s at step %d", member, step)
            .isEqualTo((int) expected);
      }
    }
  }

  private static boolean moved(MarkResult result) {
    return ((MarkResult.Marked) result).moved();
  }
}
