package io.skein.gateway.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.BroadcastReply;
import io.skein.protocol.internal.v1.BroadcastRequest;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events of large conversations to the members among the users of this gateway instance.
 * Lives on its event loop.
 */
public final class Rooms {
  private static final Rpc<MembershipsRequest, MembershipsReply> MEMBERSHIPS =
      Rpc.of("log.memberships", MembershipsRequest.class, MembershipsReply.class);

  /** Below the time after which the message service sends a broadcast again. */
  private static final Duration BUDGET = Duration.ofMillis(1500);

  /** Users of one question. */
  private static final int PAGE = 2_000;

  /** Until then the list may change faster than it is learned. */
  private static final int MOST_QUESTIONS = 100;

  private final LocalUsers users;
  private final Memberships memberships;
  private final Cache<String, Room> rooms;

  /** Those with work under way: they must not be forgotten. */
  private final Map<String, Room> busy = new HashMap<>();

  Rooms(LocalUsers users, Memberships memberships, long maxMembers) {
    this.users = users;
    this.memberships = memberships;
    this.rooms =
        Caffeine.newBuilder()
            .maximumWeight(maxMembers)
            .weigher((String id, Room room) -> 1 + room.size())
            .executor(Runnable::run)
            .build();
  }

  /**
   * Rooms whose members the message service knows.
   *
   * @param maxMembers members kept in memory, over all rooms
   */
  public static Rooms over(Bus bus, LocalUsers users, long maxMembers) {
    return new Rooms(
        users,
        request ->
            bus.call(
                MEMBERSHIPS, request.getConversationId(), request, CallContext.internal(BUDGET)),
        maxMembers);
  }

  /** Answers when all has been queued; fails if a list of members cannot be had. */
  public Future<BroadcastReply> broadcast(BroadcastRequest request) {
    List<Future<Void>> written = request.getBroadcastsList().stream().map(this::broadcast).toList();
    return Future.join(written).map(BroadcastReply.getDefaultInstance());
  }

  private Future<Void> broadcast(Broadcast broadcast) {
    String id = broadcast.getConversationId();
    Room known = busy.containsKey(id) ? busy.get(id) : rooms.getIfPresent(id);
    Room room = known == null ? new Room() : known;
    busy.put(id, room);
    long lastUser = users.lastNumber();
    return room.inOrder(
            () ->
                complete(id, room, broadcast.getMembersSeq(), lastUser, 1)
                    .onSuccess(complete -> room.write(broadcast)))
        .onComplete(done -> put(id, room));
  }

  private void put(String id, Room room) {
    rooms.put(id, room);
    if (room.isIdle()) {
      busy.remove(id, room);
    }
  }

  /** Asks until all is known about the users who were here when the event came. */
  private Future<Void> complete(String id, Room room, int membersSeq, long lastUser, int question) {
    if (room.knows(membersSeq, lastUser)) {
      return Future.succeededFuture();
    }
    if (question > MOST_QUESTIONS) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.UNAVAILABLE, "the members of " + id + " are not known yet"));
    }
    List<LocalUser> asked = users.after(room.asked(), PAGE);
    long askedNow = asked.isEmpty() ? Math.max(room.asked(), lastUser) : asked.getLast().number();
    MembershipsRequest request =
        MembershipsRequest.newBuilder()
            .setConversationId(id)
            .setSinceVersion(room.version())
            .addAllUserIds(asked.stream().map(LocalUser::id).toList())
            .build();
    return memberships
        .ask(request)
        .compose(
            reply -> {
              room.learn(reply, users, askedNow);
              return complete(id, room, membersSeq, lastUser, question + 1);
            });
  }
}
