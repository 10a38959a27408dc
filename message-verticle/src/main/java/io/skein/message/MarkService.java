package io.skein.message;

import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.NewMark;
import io.skein.message.MarkStore.Place;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.BadgesReply;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.MarkDeliveredReply;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.v1.ConversationDevicesReply;
import io.skein.protocol.v1.ConversationDevicesRequest;
import io.skein.protocol.v1.DeviceMark;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How far users have received and read, and what is left for them. */
final class MarkService {
  private final BatchLane<NewMark, MarkResult> readLane;
  private final BatchLane<NewMark, MarkResult> deliveredLane;
  private final MarkStore store;
  private final Totals totals;
  private final MarkEvents events;

  MarkService(
      BatchLane<NewMark, MarkResult> readLane,
      BatchLane<NewMark, MarkResult> deliveredLane,
      MarkStore store,
      MarkEvents events) {
    this.readLane = readLane;
    this.deliveredLane = deliveredLane;
    this.store = store;
    this.totals = new Totals(store);
    this.events = events;
  }

  /** Answered when the mark has been committed; the user's other devices are told after that. */
  Future<ReadReply> read(Caller caller, ReadRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    NewMark mark =
        mark(new Place(id, caller.userId()), Seqs.clamp(request.getSeq()), caller.deviceId());
    return readLane
        .submit(mark, caller.deadline())
        .compose(
            result ->
                switch (result) {
                  case MarkResult.Marked marked -> answer(caller, mark.place(), marked);
                  case MarkResult.NotFound missing ->
                      Future.failedFuture(MessageService.notFound());
                  case MarkResult.Busy busy ->
                      Future.failedFuture(new IllegalStateException("a lane answers no busy"));
                });
  }

  /** With the total also if the mark stood there already: the first answer may have been lost. */
  private Future<ReadReply> answer(Caller caller, Place place, MarkResult.Marked marked) {
    return totals
        .of(place.userId())
        .map(
            total -> {
              if (marked.moved()) {
                events.read(place, marked, total, caller.sessionId());
              }
              return ReadReply.newBuilder()
                  .setReadSeq(marked.readSeq())
                  .setUnread(marked.unread())
                  .setTotalUnread(total)
                  .build();
            });
  }

  /** Marks that cannot be moved are left out without a word. */
  Future<MarkDeliveredReply> markDelivered(long deadline, MarkDeliveredRequest request) {
    // One for each member, however many devices have confirmed: the others are told once.
    Map<Place, NewMark> marks = new LinkedHashMap<>();
    for (DeliveredMark wanted : request.getMarksList()) {
      place(wanted.getConversationId(), wanted.getUserId())
          .map(place -> mark(place, Seqs.clamp(wanted.getSeq()), wanted.getDeviceId()))
          .ifPresent(mark -> marks.merge(mark.place(), mark, NewMark::and));
    }
    List<Future<Void>> moves = new ArrayList<>();
    for (NewMark mark : marks.values()) {
      moves.add(
          deliveredLane
              .submit(mark, deadline)
              .onSuccess(result -> announce(mark.place(), result))
              .mapEmpty());
    }
    return Future.join(moves).map(MarkDeliveredReply.getDefaultInstance());
  }

  private static NewMark mark(Place place, int seq, String deviceId) {
    return new NewMark(place, seq, deviceId.isEmpty() ? Map.of() : Map.of(deviceId, seq));
  }

  /** Only the caller's own ones: of others, nobody sees more than how far they are. */
  Future<ConversationDevicesReply> devices(Caller caller, ConversationDevicesRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    return store
        .devices(new Place(id, caller.userId()))
        .map(
            found -> {
              ConversationDevicesReply.Builder reply = ConversationDevicesReply.newBuilder();
              for (MarkStore.DeviceMark mark : found.orElseThrow(MessageService::notFound)) {
                reply.addDevices(
                    DeviceMark.newBuilder()
                        .setDeviceId(mark.deviceId())
                        .setDeliveredSeq(mark.deliveredSeq())
                        .setReadSeq(mark.readSeq()));
              }
              return reply.build();
            });
  }

  private void announce(Place place, MarkResult result) {
    if (result instanceof MarkResult.Marked marked && marked.moved()) {
      events.delivered(place, marked);
    }
  }

  /** What is unread right now, for notifications. */
  Future<BadgesReply> badges(BadgesRequest request) {
    List<Place> places =
        request.getQueriesList().stream()
            .map(query -> place(query.getConversationId(), query.getUserId()))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    List<String> users = places.stream().map(Place::userId).distinct().toList();
    return store
        .unread(places)
        .compose(views -> store.totalUnread(users).map(totals -> badges(views, totals)));
  }

  private static BadgesReply badges(List<MarkStore.UnreadView> views, Map<String, Integer> totals) {
    BadgesReply.Builder reply = BadgesReply.newBuilder();
    for (MarkStore.UnreadView view : views) {
      Badge.Builder badge =
          Badge.newBuilder()
              .setUserId(view.place().userId())
              .setConversationId(view.place().conversationId().toString())
              .setTitle(view.title())
              .setUnread(view.unread())
              .setTotalUnread(totals.get(view.place().userId()))
              .setReadSeq(view.readSeq())
              .setHeadSeq(view.headSeq());
      view.lastUnread().ifPresent(entry -> badge.setLastUnread(Contents.toProto(entry)));
      reply.addBadges(badge);
    }
    return reply.build();
  }

  private static Optional<Place> place(String conversationId, String userId) {
    try {
      return Optional.of(
          new Place(ConversationIds.parse(conversationId, "conversationId"), userId));
    } catch (SkeinException notAnId) {
      return Optional.empty();
    }
  }
}
