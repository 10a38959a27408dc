package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Signal;
import io.skein.protocol.v1.SignalReply;
import io.skein.protocol.v1.SignalRequest;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What members tell each other and nobody keeps. */
final class SignalService {
  private static final Logger LOG = LoggerFactory.getLogger(SignalService.class);
  private static final int MAX_KEY = 64;
  private static final int MAX_TYPE = 64;
  private static final int MAX_DATA_BYTES = 4096;
  private static final int SOURCE_LENGTH = 8;

  private final ConversationStore conversations;
  private final MemberCache members;
  private final Fanout fanout;
  private final Broadcaster broadcast;

  SignalService(
      ConversationStore conversations, MemberCache members, Fanout fanout, Broadcaster broadcast) {
    this.conversations = conversations;
    this.members = members;
    this.fanout = fanout;
    this.broadcast = broadcast;
  }

  /** Answered when it has set off. Who may hear it is looked up each time: nobody who has left. */
  Future<SignalReply> signal(Caller caller, SignalRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    check(request);
    return conversations
        .voice(id, caller.userId())
        .compose(
            found -> {
              ConversationStore.Voice voice = found.orElseThrow(MessageService::notFound);
              if (voice.muted()) {
                throw new SkeinException(ErrorCode.PERMISSION_DENIED, "you are muted here");
              }
              return members.get(id, voice.membersSeq());
            })
        .map(
            list -> {
              send(caller, request, list);
              return SignalReply.getDefaultInstance();
            });
  }

  private static void check(SignalRequest request) {
    line("key", request.getKey(), MAX_KEY);
    if (request.getCustom().getType().isEmpty()) {
      throw wrong(ErrorCode.INVALID_ARGUMENT, "custom.type", "it is empty");
    }
    line("custom.type", request.getCustom().getType(), MAX_TYPE);
    if (request.getCustom().getData().getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
      throw wrong(
          ErrorCode.TOO_LARGE, "custom.data", "a signal has at most " + MAX_DATA_BYTES + " bytes");
    }
  }

  private static void line(String field, String text, int most) {
    boolean controls = text.codePoints().anyMatch(Character::isISOControl);
    if (controls || text.codePointCount(0, text.length()) > most) {
      throw wrong(
          ErrorCode.INVALID_ARGUMENT,
          field,
          "at most " + most + " characters, none of them control");
    }
  }

  private static SkeinException wrong(ErrorCode code, String field, String message) {
    return new SkeinException(code, message).withField(field);
  }

  private void send(Caller caller, SignalRequest request, Members list) {
    String session = caller.sessionId();
    Signal signal =
        Signal.newBuilder()
            .setConversationId(request.getConversationId())
            .setSender(caller.userId())
            .setSource(session.substring(0, Math.min(SOURCE_LENGTH, session.length())))
            .setKey(request.getKey())
            .setCounter(request.getCounter())
            .setCustom(request.getCustom())
            .build();
    Future<Void> sent =
        list.large()
            ? broadcast.broadcast(List.of(toAll(signal, session, list.version())))
            : fanout.deliver(List.of(toEach(signal, session, list.present())));
    sent.onFailure(lost -> LOG.debug("a signal was lost: {}", lost.toString()));
  }

  private static Delivery toEach(Signal signal, String origin, List<Members.Membership> members) {
    return Delivery.newBuilder()
        .setEvent(event(signal))
        .addAllRecipients(members.stream().map(Members.Membership::userId).toList())
        .setExcludeSession(origin)
        .setTransient(true)
        .setCoalesceKey(coalesceKey(signal))
        .build();
  }

  private static Broadcast toAll(Signal signal, String origin, int membersSeq) {
    return Broadcast.newBuilder()
        .setEvent(event(signal))
        .setConversationId(signal.getConversationId())
        .setMembersSeq(membersSeq)
        .setExcludeSession(origin)
        .setTransient(true)
        .setCoalesceKey(coalesceKey(signal))
        .build();
  }

  private static ByteString event(Signal signal) {
    return Event.newBuilder().setSignal(signal).build().toByteString();
  }

  /**
   * One client's signals with one key in one conversation; without a key each stands for itself.
   */
  private static String coalesceKey(Signal signal) {
    return signal.getKey().isEmpty()
        ? ""
        : String.join(
            "\n",
            signal.getConversationId(),
            signal.getSender(),
            signal.getSource(),
            signal.getKey());
  }
}
