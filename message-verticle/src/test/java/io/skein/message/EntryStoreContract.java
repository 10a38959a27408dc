package io.skein.message;

import static io.skein.message.Given.after;
import static io.skein.message.Given.direct;
import static io.skein.message.Given.get;
import static io.skein.message.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.EntryStore.Range;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of entries does. */
abstract class EntryStoreContract extends StoreContract {
  private static final Range ALL = new Range(1, Integer.MAX_VALUE, false, 1000, 1_000_000);

  @Test
  @DisplayName("Entries of a conversation are numbered 1, 2, 3, their times never go back")
  void numbersWithoutGaps() {
    UUID trip = given.group(alice, bob);
    given.append(text(trip, alice, "one"), text(trip, bob, "two"));
    given.append(text(trip, alice, "three"));

    List<Entry> log = given.history(trip, bob);
    assertThat(log).extracting(Entry::seq).containsExactly(1, 2, 3, 4);
    assertThat(log).extracting(Given::bodyOf).containsExactly("made", "one", "two", "three");
    assertThat(log).extracting(Entry::sentAt).isSorted();
  }

  @Test
  @DisplayName("A batch over several conversations numbers each by itself")
  void numbersConversationsApart() {
    UUID one = given.group(alice);
    UUID two = given.group(alice);
    List<Outcome> outcomes =
        given.append(text(one, alice, "a"), text(two, alice, "b"), text(one, alice, "c"));
    assertThat(outcomes).extracting(o -> ((Outcome.Stored) o).seq()).containsExactly(2, 2, 3);
  }

  @Test
  @DisplayName("Sent again it returns the same seq and time and adds nothing")
  void findsDuplicates() {
    UUID trip = given.group(alice, bob);
    Draft draft = text(trip, alice, "once");
    Outcome.Stored first = given.sent(draft);
    given.sent(trip, bob);
    Outcome.Stored again = given.sent(draft);

    assertThat(first.duplicate()).isFalse();
    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.sentAt()).isEqualTo(first.sentAt());
    assertThat(given.seqs(trip, alice)).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("Twice in one batch it is appended once")
  void findsDuplicatesWithinTheBatch() {
    UUID trip = given.group(alice, bob);
    Draft draft = text(trip, alice, "once");
    List<Outcome> outcomes = given.append(draft, text(trip, bob, "x"), draft);
    assertThat(outcomes).extracting(o -> ((Outcome.Stored) o).seq()).containsExactly(2, 3, 2);
    assertThat(outcomes)
        .extracting(o -> ((Outcome.Stored) o).duplicate())
        .containsExactly(false, false, true);
    assertThat(given.seqs(trip, alice)).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("A clientMsgId used again with another body is a conflict, also within a batch")
  void findsConflicts() {
    UUID trip = given.group(alice, bob);
    UUID id = UUID.randomUUID();
    assertThat(given.append(text(trip, alice, id, "one"), text(trip, alice, id, "other")))
        .last()
        .isEqualTo(Outcome.Refused.CONFLICT);
    assertThat(given.append(text(trip, alice, id, "another")))
        .containsExactly(Outcome.Refused.CONFLICT);
    assertThat(given.seqs(trip, alice)).containsExactly(1, 2);
  }

  @Test
  @DisplayName("The same clientMsgId from another sender, or elsewhere, is another message")
  void keysBySenderAndConversation() {
    UUID trip = given.group(alice, bob);
    UUID other = given.group(alice, bob);
    UUID id = UUID.randomUUID();
    given.append(text(trip, alice, id, "a"), text(trip, bob, id, "b"), text(other, alice, id, "c"));
    assertThat(given.seqs(trip, alice)).containsExactly(1, 2, 3);
    assertThat(given.seqs(other, alice)).containsExactly(1, 2);
  }

  @Test
  @DisplayName("Whoever is no member gets the answer of a conversation that does not exist")
  void hidesConversationsFromStrangers() {
    UUID trip = given.group(alice, bob);
    assertThat(given.append(text(trip, carol, "hi"), text(UUID.randomUUID(), carol, "hi")))
        .containsExactly(Outcome.Refused.NOT_FOUND, Outcome.Refused.NOT_FOUND);
    assertThat(given.seqs(trip, alice)).containsExactly(1);
  }

  @Test
  @DisplayName("A removed sender's old message still has its seq; a new one is not found")
  void answersRemovedSenders() {
    UUID trip = given.group(alice, bob);
    Draft draft = text(trip, bob, "before");
    Outcome.Stored before = given.sent(draft);
    stores.remove(trip, bob);

    Outcome.Stored again = given.sent(draft);
    assertThat(again.seq()).isEqualTo(before.seq());
    assertThat(again.membersSeq()).isGreaterThan(before.membersSeq());
    assertThat(given.append(text(trip, bob, "after"))).containsExactly(Outcome.Refused.NOT_FOUND);
  }

  @Test
  @DisplayName("A pipelined message waits for its predecessor, in the log or earlier in the batch")
  void keepsThePipelinesOrder() {
    UUID trip = given.group(alice, bob);
    Draft one = text(trip, alice, "1");
    Draft two = after(one.clientMsgId(), text(trip, alice, "2"));
    Draft three = after(two.clientMsgId(), text(trip, alice, "3"));

    assertThat(given.append(two, three))
        .containsExactly(Outcome.Refused.OUT_OF_ORDER, Outcome.Refused.OUT_OF_ORDER);
    assertThat(given.append(two, one)).first().isEqualTo(Outcome.Refused.OUT_OF_ORDER);
    given.append(two, three);
    assertThat(given.history(trip, bob))
        .extracting(Given::bodyOf)
        .containsExactly("made", "1", "2", "3");
  }

  @Test
  @DisplayName("A predecessor is the sender's own: another's message with that id does not do")
  void wantsTheSendersOwnPredecessor() {
    UUID trip = given.group(alice, bob);
    Draft bobs = text(trip, bob, "1");
    given.append(bobs);
    assertThat(given.append(after(bobs.clientMsgId(), text(trip, alice, "2"))))
        .containsExactly(Outcome.Refused.OUT_OF_ORDER);
  }

  @Test
  @DisplayName("What somebody else has locked is busy and untouched; the rest goes through")
  void skipsLocked() {
    UUID held = given.group(alice, bob);
    UUID free = given.group(alice, bob);
    List<Outcome> outcomes;
    try (var lock = stores.lock(held)) {
      outcomes =
          given.append(text(held, alice, "1"), text(free, alice, "2"), text(held, alice, "3"));
    }
    assertThat(outcomes).extracting(Outcome::isBusy).containsExactly(true, false, true);
    assertThat(given.seqs(held, alice)).containsExactly(1);
    assertThat(given.sent(held, alice).seq()).isEqualTo(2);
  }

  @Test
  @DisplayName("The first message makes a direct conversation, the same one from both sides")
  void makesDirectConversations() {
    Draft hello = direct(alice, bob);
    Draft answer = direct(bob, alice);
    given.append(hello, answer);
    assertThat(answer.conversationId()).isEqualTo(hello.conversationId());
    assertThat(given.seqs(hello.conversationId(), alice)).containsExactly(1, 2);
    assertThat(given.unread(hello.conversationId(), bob)).isEqualTo(1);
    ConversationView view =
        get(stores.conversations().view(hello.conversationId(), bob)).orElseThrow();
    assertThat(view.peer()).contains(alice);
    assertThat(view.memberCount()).isEqualTo(2);
  }

  @Test
  @DisplayName("Notes to oneself have one member and are never unread")
  void makesNotesToSelf() {
    Draft note = direct(alice, alice);
    given.append(note);
    assertThat(get(stores.conversations().members(note.conversationId(), 100)).orElseThrow().all())
        .extracting(Members.Membership::userId)
        .containsExactly(alice);
    assertThat(given.unread(note.conversationId(), alice)).isZero();
    ConversationView view =
        get(stores.conversations().view(note.conversationId(), alice)).orElseThrow();
    assertThat(view.peer()).contains(alice);
    assertThat(view.memberCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("A range gives its oldest or its newest entries, always ascending")
  void readsBothDirections() {
    UUID trip = tenEntries();
    assertThat(seqs(trip, new Range(3, 8, false, 3, 1_000_000))).containsExactly(3, 4, 5);
    assertThat(seqs(trip, new Range(3, 8, true, 3, 1_000_000))).containsExactly(6, 7, 8);
    assertThat(seqs(trip, new Range(9, 100, false, 100, 1_000_000))).containsExactly(9, 10);
  }

  @Test
  @DisplayName("A range that is reversed or beyond the log is empty")
  void readsNothingFromNothing() {
    UUID trip = tenEntries();
    assertThat(seqs(trip, new Range(8, 3, false, 100, 1_000_000))).isEmpty();
    assertThat(seqs(trip, new Range(11, Integer.MAX_VALUE, true, 100, 1_000_000))).isEmpty();
    assertThat(seqs(trip, new Range(Integer.MIN_VALUE, -1, true, 100, 1_000_000))).isEmpty();
  }

  @Test
  @DisplayName("A page ends before it holds too many bytes, but never without an entry")
  void boundsBytes() {
    UUID trip = tenEntries(); // of 6 bytes each
    assertThat(seqs(trip, new Range(1, 10, false, 100, 17))).containsExactly(1, 2);
    assertThat(seqs(trip, new Range(1, 10, true, 100, 12))).containsExactly(9, 10);
    assertThat(seqs(trip, new Range(1, 10, false, 100, 1))).containsExactly(1);
  }

  @Test
  @DisplayName("Strangers get nothing, as from a conversation that does not exist")
  void hidesHistory() {
    UUID trip = tenEntries();
    assertThat(get(stores.entries().history(trip, carol, ALL))).isEmpty();
    assertThat(get(stores.entries().history(UUID.randomUUID(), alice, ALL))).isEmpty();
  }

  @Test
  @DisplayName("The removed see what they saw, and no entry above")
  void endsAtTheRemoval() {
    UUID trip = tenEntries();
    stores.remove(trip, bob);
    given.sent(trip, alice);
    EntryStore.History history = get(stores.entries().history(trip, bob, ALL)).orElseThrow();
    assertThat(history.headSeq()).isEqualTo(10);
    assertThat(history.entries()).hasSize(10);
    assertThat(get(stores.conversations().members(trip, 100)).orElseThrow().entitledTo(11))
        .containsExactly(alice);
    assertThat(get(stores.conversations().members(trip, 100)).orElseThrow().entitledTo(10))
        .containsExactlyInAnyOrder(alice, bob);
  }

  /** The one that comes with the group, and nine more. */
  private UUID tenEntries() {
    UUID trip = given.group(alice, bob);
    for (int i = 0; i < 9; i++) {
      given.append(text(trip, alice, "body"));
    }
    return trip;
  }

  private List<Integer> seqs(UUID conversation, Range range) {
    return get(stores.entries().history(conversation, bob, range)).orElseThrow().entries().stream()
        .map(Entry::seq)
        .toList();
  }
}
