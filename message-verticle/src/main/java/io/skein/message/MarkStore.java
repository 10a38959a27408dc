package io.skein.message;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How far members have received and read. Marks only move forward. Implementations may be called
 * from any event loop, and wait for no lock.
 */
interface MarkStore {
  /** Devices of a member whose marks are kept; of more, those that moved last. */
  int MAX_DEVICES = 16;

  /**
   * Moves read marks, in one transaction, and those of the devices with them; a mark beyond the
   * head counts as the head. What is read has been delivered.
   *
   * @return one result per mark, in the same order
   */
  Future<List<MarkResult>> read(List<NewMark> marks);

  /**
   * Moves delivered marks, in one transaction, and those of the devices with them; a mark beyond
   * the head moves nothing.
   *
   * @return one result per mark, in the same order, its unread being 0
   */
  Future<List<MarkResult>> delivered(List<NewMark> marks);

  /** How far the devices of a member are, by device id; empty: no member. */
  Future<Optional<List<DeviceMark>>> devices(Place place);

  /** What each of these users has left to read in all their conversations. */
  Future<Map<String, Integer>> totalUnread(Collection<String> userIds);

  /**
   * What is left to read in these conversations; those that their user is no member of are left
   * out.
   */
  Future<List<UnreadView>> unread(List<Place> places);

  /** A member of a conversation. */
  record Place(UUID conversationId, String userId) {}

  /**
   * A wish to move a mark.
   *
   * @param seq of the member
   * @param devices how far the member's devices are, where that is known
   */
  record NewMark(Place place, int seq, Map<String, Integer> devices) {
    public NewMark {
      devices = Map.copyOf(devices);
    }

    NewMark(Place place, int seq) {
      this(place, seq, Map.of());
    }

    /** One mark with what both say: a member is as far as the furthest, and so is each device. */
    NewMark and(NewMark other) {
      Map<String, Integer> both = new HashMap<>(devices);
      other.devices.forEach((device, at) -> both.merge(device, at, Math::max));
      return new NewMark(place, Math.max(seq, other.seq), both);
    }
  }

  /** How far a device has received and read. */
  record DeviceMark(String deviceId, int deliveredSeq, int readSeq) {}

  /** What became of it. */
  sealed interface MarkResult {
    /**
     * The marks as they stand now.
     *
     * @param moved whether this call moved them
     * @param unread countable entries of others after the read mark
     * @param membersSeq of a mark that moved: the version of the member list
     */
    record Marked(int readSeq, int deliveredSeq, int unread, int membersSeq, boolean moved)
        implements MarkResult {}

    /** Locked by somebody else: ask again. */
    record Busy() implements MarkResult {}

    /** No such conversation, or no member of it. */
    record NotFound() implements MarkResult {}

    default boolean isBusy() {
      return this instanceof Busy;
    }
  }

  /**
   * What a notification needs to know of a conversation.
   *
   * @param lastUnread the newest countable entry of another one after the read mark
   */
  record UnreadView(
      Place place,
      String title,
      int unread,
      int readSeq,
      int headSeq,
      Optional<Entry> lastUnread) {}
}
