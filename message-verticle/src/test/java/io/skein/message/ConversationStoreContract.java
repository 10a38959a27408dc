package io.skein.message;

import static io.skein.message.Given.after;
import static io.skein.message.Given.direct;
import static io.skein.message.Given.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.ConversationStore.SyncPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of conversations and members does. */
abstract class ConversationStoreContract extends StoreContract {

  @Test
  @DisplayName("Making a conversation again changes nothing")
  void makesOnce() {
    var trip = Given.newGroup(UUID.randomUUID(), "Trip", alice, bob);
    var other = Given.newGroup(trip.id(), "Other", carol);
    assertThat(get(stores.conversations().create(trip))).isTrue();
    assertThat(get(stores.conversations().create(other))).isFalse();
    assertThat(get(stores.conversations().view(trip.id(), bob)).orElseThrow().title())
        .isEqualTo("Trip");
    assertThat(get(stores.conversations().view(trip.id(), carol))).isEmpty();
    assertThat(get(stores.conversations().exists(trip.id()))).isTrue();
    assertThat(get(stores.conversations().exists(UUID.randomUUID()))).isFalse();
  }

  @Test
  @DisplayName("A list comes newest first, page by page, with the last entry of each")
  void pages() {
    List<UUID> groups = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      groups.addFirst(given.group(alice, bob));
      given.sent(groups.getFirst(), bob);
    }
    SyncPage first = get(stores.conversations().sync(alice, 0, Optional.empty(), 3));
    SyncPage second =
        get(
            stores
                .conversations()
                .sync(alice, 0, Optional.of(first.conversations().getLast().position()), 3));
    assertThat(first.conversations())
        .extracting(ConversationView::conversationId)
        .containsExactlyElementsOf(groups.subList(0, 3));
    assertThat(second.conversations())
        .extracting(ConversationView::conversationId)
        .containsExactlyElementsOf(groups.subList(3, 5));
    assertThat(first.conversations())
        .allSatisfy(view -> assertThat(view.lastEntry().orElseThrow().sender()).isEqualTo(bob))
        .allSatisfy(view -> assertThat(view.unread()).isEqualTo(1));
  }

  @Test
  @DisplayName("From a horizon on, only what has changed since is listed: entries, marks, removals")
  void listsChanges() {
    UUID quiet = given.group(alice, bob);
    UUID written = given.group(alice, bob);
    UUID read = given.group(alice, bob);
    UUID left = given.group(alice, bob);
    UUID readByBob = given.group(alice, bob);
    given.sent(readByBob, alice);
    given.sent(read, bob);
    given.sent(quiet, bob);
    long horizon = get(stores.conversations().sync(alice, 0, Optional.empty(), 100)).horizon();

    given.sent(written, bob);
    given.read(read, alice, 2);
    stores.remove(left, alice);
    given.read(readByBob, bob, 2);

    SyncPage changes = get(stores.conversations().sync(alice, horizon, Optional.empty(), 100));
    assertThat(changes.conversations())
        .extracting(ConversationView::conversationId)
        .containsExactlyInAnyOrder(written, read, left, readByBob);
    assertThat(changes.conversations())
        .filteredOn(ConversationView::left)
        .extracting(ConversationView::conversationId)
        .containsExactly(left);
    assertThat(get(stores.conversations().sync(alice, 0, Optional.empty(), 100)).conversations())
        .extracting(ConversationView::conversationId)
        .doesNotContain(left);
  }

  @Test
  @DisplayName(
      "Marks of the others show in direct conversations and groups of 20, not in larger ones")
  void listsMarksOfOthers() {
    given.sent(direct(alice, bob));
    UUID pair = DirectPair.of(alice, bob).conversationId();
    UUID small = given.group(crowd(20));
    UUID large = given.group(crowd(21));
    for (boolean read : new boolean[] {false, true}) {
      long horizon = get(stores.conversations().sync(alice, 0, Optional.empty(), 9)).horizon();
      for (UUID conversation : List.of(pair, small, large)) {
        var marks = List.of(Given.mark(conversation, bob, 1));
        get(read ? stores.marks().read(marks) : stores.marks().delivered(marks));
      }
      SyncPage changes = get(stores.conversations().sync(alice, horizon, Optional.empty(), 9));
      assertThat(changes.conversations())
          .extracting(ConversationView::conversationId)
          .containsExactlyInAnyOrder(pair, small);
    }
  }

  /** Alice, bob and others. */
  private String[] crowd(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> i == 0 ? alice : i == 1 ? bob : carol + i)
        .toArray(String[]::new);
  }

  @Test
  @DisplayName("Two who move their marks in one step both see the other's")
  void listsMarksMovedTogether() {
    given.sent(direct(alice, bob));
    UUID pair = DirectPair.of(alice, bob).conversationId();
    long horizon = get(stores.conversations().sync(alice, 0, Optional.empty(), 9)).horizon();
    get(stores.marks().read(List.of(Given.mark(pair, bob, 1), Given.mark(pair, alice, 1))));
    for (String user : List.of(alice, bob)) {
      assertThat(
              get(stores.conversations().sync(user, horizon, Optional.empty(), 9)).conversations())
          .flatExtracting(ConversationView::marks)
          .extracting(ConversationView.PeerMark::readSeq)
          .containsExactly(1);
    }
  }

  @Test
  @DisplayName("Every page has what is unread in all conversations, those that were left excepted")
  void sumsUp() {
    UUID one = given.group(alice, bob);
    UUID two = given.group(alice, bob);
    UUID left = given.group(alice, bob);
    given.append(Given.text(one, bob, "a"), Given.text(one, bob, "b"), Given.text(two, bob, "c"));
    given.sent(left, bob);
    stores.remove(left, alice);
    SyncPage first = get(stores.conversations().sync(alice, 0, Optional.empty(), 1));
    SyncPage nothing =
        get(stores.conversations().sync(alice, first.horizon(), Optional.empty(), 9));
    assertThat(first.conversations()).hasSize(1);
    assertThat(nothing.conversations()).isEmpty();
    assertThat(List.of(first.totalUnread(), nothing.totalUnread())).containsExactly(3, 3);
    assertThat(get(stores.conversations().sync(carol, 0, Optional.empty(), 9)).totalUnread())
        .isZero();
  }

  @Test
  @DisplayName("What happens after a removal does not show on the tombstone, nor bring it back")
  void tombstonesStandStill() {
    UUID trip = given.group(alice, bob);
    given.sent(trip, alice);
    stores.remove(trip, bob);
    given.sent(trip, alice);
    ConversationView tombstone =
        get(stores.conversations().sync(bob, 1, Optional.empty(), 9)).conversations().getFirst();
    assertThat(tombstone.headSeq()).isEqualTo(2);
    assertThat(tombstone.title()).isEmpty();
    assertThat(tombstone.unread()).isZero();

    long horizon = get(stores.conversations().sync(bob, 1, Optional.empty(), 9)).horizon();
    given.sent(trip, alice);
    assertThat(get(stores.conversations().sync(bob, horizon, Optional.empty(), 9)).conversations())
        .isEmpty();
  }

  @Test
  @DisplayName("A direct conversation whose first message was refused shows nowhere")
  void hidesEmptyDirectConversations() {
    given.append(after(UUID.randomUUID(), direct(alice, bob)));
    assertThat(get(stores.conversations().sync(bob, 0, Optional.empty(), 9)).conversations())
        .isEmpty();
  }
}
