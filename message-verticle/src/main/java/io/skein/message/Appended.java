package io.skein.message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A batch that has been worked on.
 *
 * @param outcomes one per draft, in order
 * @param fresh what this batch put into the log, and what may not have been delivered because an
 *     earlier attempt was cut off: all of it is to be delivered
 * @param batchIds the outbox rows that the attempts may have left
 */
record Appended(List<Outcome> outcomes, List<Fresh> fresh, List<UUID> batchIds) {
  Appended {
    outcomes = List.copyOf(outcomes);
    fresh = List.copyOf(fresh);
    batchIds = List.copyOf(batchIds);
  }

  /** With more than one batch id, the first attempt may be what made the duplicates. */
  static Appended of(List<Draft> drafts, List<Outcome> outcomes, List<UUID> batchIds) {
    boolean retried = batchIds.size() > 1;
    List<Fresh> fresh =
        IntStream.range(0, drafts.size())
            .mapToObj(i -> Fresh.of(drafts.get(i), outcomes.get(i), retried))
            .flatMap(Optional::stream)
            .toList();
    return new Appended(outcomes, fresh, batchIds);
  }

  Appended followedBy(Appended next) {
    return new Appended(
        concat(outcomes, next.outcomes),
        concat(fresh, next.fresh),
        concat(batchIds, next.batchIds));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** A new entry, with what its delivery needs to know beside it. */
  record Fresh(Entry entry, int membersSeq, String originSession) {

    static Optional<Fresh> of(Draft draft, Outcome outcome, boolean retried) {
      if (outcome instanceof Outcome.Stored stored && (retried || !stored.duplicate())) {
        Entry entry =
            new Entry(
                draft.conversationId(),
                stored.seq(),
                draft.sender(),
                Optional.of(draft.clientMsgId()),
                stored.sentAt(),
                draft.type(),
                draft.body());
        return Optional.of(new Fresh(entry, stored.membersSeq(), draft.originSession()));
      }
      return Optional.empty();
    }
  }
}
