package io.skein.message;

import io.skein.message.Outbox.EntryRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A batch that has been worked on.
 *
 * @param outcomes one per draft, in order
 * @param fresh what it put into the log, and is to be delivered
 * @param batchIds the outbox rows that stand for the fresh entries
 * @param repeated what stood in the log before: by whom it was appended and whether that was
 *     delivered is not known here, the outbox knows
 */
record Appended(
    List<Outcome> outcomes, List<Fresh> fresh, List<UUID> batchIds, List<EntryRef> repeated) {
  Appended {
    outcomes = List.copyOf(outcomes);
    fresh = List.copyOf(fresh);
    batchIds = List.copyOf(batchIds);
    repeated = List.copyOf(repeated);
  }

  /** What became of the drafts in one transaction. */
  static Appended of(List<Draft> drafts, List<Outcome> outcomes, UUID batchId) {
    List<Fresh> fresh = new ArrayList<>();
    List<EntryRef> repeated = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Stored stored) {
        if (stored.duplicate()) {
          repeated.add(new EntryRef(drafts.get(i).conversationId(), stored.seq()));
        } else {
          fresh.add(Fresh.of(drafts.get(i), stored));
        }
      }
    }
    return new Appended(outcomes, fresh, fresh.isEmpty() ? List.of() : List.of(batchId), repeated);
  }

  /** None of the drafts got into the log. */
  static Appended refused(List<Draft> drafts, Outcome outcome) {
    return new Appended(
        Collections.nCopies(drafts.size(), outcome), List.of(), List.of(), List.of());
  }

  /** None of the drafts could be tried: they keep their places. */
  static Appended busy(List<Draft> drafts) {
    return refused(drafts, new Outcome.Busy());
  }

  /** The conversations that were found locked when these drafts were worked on. */
  Set<UUID> lockedAmong(List<Draft> drafts) {
    return IntStream.range(0, drafts.size())
        .filter(i -> outcomes.get(i).isBusy())
        .mapToObj(i -> drafts.get(i).conversationId())
        .collect(Collectors.toSet());
  }

  /** This, of the drafts outside the locked conversations, filled up with those inside. */
  Appended amongBusy(List<Draft> drafts, Set<UUID> locked) {
    Iterator<Outcome> tried = outcomes.iterator();
    List<Outcome> all =
        drafts.stream()
            .map(
                draft ->
                    locked.contains(draft.conversationId()) ? new Outcome.Busy() : tried.next())
            .toList();
    return new Appended(all, fresh, batchIds, repeated);
  }

  Appended followedBy(Appended next) {
    return new Appended(
        concat(outcomes, next.outcomes),
        concat(fresh, next.fresh),
        concat(batchIds, next.batchIds),
        concat(repeated, next.repeated));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** A new entry, with what its delivery needs to know beside it. */
  record Fresh(Entry entry, int membersSeq, String originSession) {

    private static Fresh of(Draft draft, Outcome.Stored stored) {
      Entry entry =
          new Entry(
              draft.conversationId(),
              stored.seq(),
              draft.sender(),
              Optional.of(draft.clientMsgId()),
              stored.sentAt(),
              draft.content().type(),
              RetainedBody.versioned(draft.content().body(), stored.version()),
              draft.content().context(),
              stored.threadSeq(),
              Optional.empty());
      return new Fresh(entry, stored.membersSeq(), draft.originSession());
    }
  }
}
