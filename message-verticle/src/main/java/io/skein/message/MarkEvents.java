package io.skein.message;

import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.Place;
import io.skein.message.Members.Membership;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Mark;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells devices that a mark has moved: the user's own with what is left to read, those of the other
 * members in small conversations without. A lost one is made up for by the next sync.
 */
final class MarkEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MarkEvents.class);

  private final MemberCache members;
  private final Fanout fanout;

  MarkEvents(MemberCache members, Fanout fanout) {
    this.members = members;
    this.fanout = fanout;
  }

  /**
   * A read mark moved.
   *
   * @param originSession has the reply and needs no push
   */
  void read(Place place, MarkResult.Marked marked, int totalUnread, String originSession) {
    Mark mark = mark(place, marked);
    Mark own = mark.toBuilder().setUnread(marked.unread()).setTotalUnread(totalUnread).build();
    send(
        place,
        marked.membersSeq(),
        mark,
        List.of(
            delivery(own).addRecipients(place.userId()).setExcludeSession(originSession).build()));
  }

  /** The settings of a conversation changed, which only the user's other devices want to know. */
  void settings(Caller caller, ConversationSettings settings) {
    Event event = Event.newBuilder().setSettings(settings).build();
    fanout
        .deliver(
            List.of(
                Delivery.newBuilder()
                    .setEvent(event.toByteString())
                    .addRecipients(caller.userId())
                    .setExcludeSession(caller.sessionId())
                    .build()))
        .onFailure(lost -> LOG.debug("settings were not told: {}", lost.toString()));
  }

  /** A delivered mark moved, which only the others want to know. */
  void delivered(Place place, MarkResult.Marked marked) {
    send(place, marked.membersSeq(), mark(place, marked), List.of());
  }

  private void send(Place place, int membersSeq, Mark mark, List<Delivery> toOwnDevices) {
    members
        .get(place.conversationId(), membersSeq)
        .map(
            list -> {
              List<Delivery> all = new ArrayList<>(toOwnDevices);
              List<String> others = others(list, place.userId());
              if (!others.isEmpty()) {
                all.add(delivery(mark).addAllRecipients(others).build());
              }
              return all;
            })
        .compose(all -> all.isEmpty() ? Future.succeededFuture() : fanout.deliver(all))
        .onFailure(lost -> LOG.debug("a mark was not told: {}", lost.toString()));
  }

  private static List<String> others(Members list, String userId) {
    List<Membership> present = list.present();
    return present.size() > ConversationView.SMALL
        ? List.of()
        : present.stream().map(Membership::userId).filter(other -> !other.equals(userId)).toList();
  }

  private static Mark mark(Place place, MarkResult.Marked marked) {
    return Mark.newBuilder()
        .setConversationId(place.conversationId().toString())
        .setUserId(place.userId())
        .setDeliveredSeq(marked.deliveredSeq())
        .setReadSeq(marked.readSeq())
        .build();
  }

  private static Delivery.Builder delivery(Mark mark) {
    return Delivery.newBuilder().setEvent(Event.newBuilder().setMark(mark).build().toByteString());
  }
}
