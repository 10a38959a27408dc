package io.skein.message.group;

import io.skein.message.Caller;
import io.skein.message.PageLimits;
import io.skein.message.group.DoorStore.Code;
import io.skein.message.group.DoorStore.Waiting;
import io.skein.message.group.GroupCalls.Delivered;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.DecideReply;
import io.skein.protocol.v1.DecideRequest;
import io.skein.protocol.v1.JoinReply;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.JoinRequestsReply;
import io.skein.protocol.v1.JoinRequestsRequest;
import io.skein.protocol.v1.LookupCodeReply;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.PendingJoin;
import io.skein.protocol.v1.RevokeCodeReply;
import io.skein.protocol.v1.RevokeCodeRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** How people come into groups and channels by themselves. */
final class JoinService {
  private static final int MAX_MESSAGE = 200;
  private static final int MAX_CODES = 50;
  private static final int CODE_LENGTH = 64;
  private static final Duration USUAL = Duration.ofDays(7);
  private static final long LONGEST_SECONDS = 31_536_000;

  private final GroupStore store;
  private final DoorStore doors;
  private final GroupRules rules;
  private final GroupCalls calls;
  private final PageLimits pages;
  private final Supplier<String> codes;

  /**
   * The service.
   *
   * @param codes makes codes that nobody guesses
   */
  JoinService(
      GroupStore store,
      DoorStore doors,
      GroupRules rules,
      GroupCalls calls,
      PageLimits pages,
      Supplier<String> codes) {
    this.store = store;
    this.doors = doors;
    this.rules = rules;
    this.calls = calls;
    this.pages = pages;
    this.codes = codes;
  }

  /** Answered when the caller is in, or waits. */
  Future<JoinReply> join(Caller caller, JoinRequest request) {
    UUID id = id(request.getConversationId());
    String message = request.getMessage();
    if (message.codePointCount(0, message.length()) > MAX_MESSAGE || message.indexOf('\0') >= 0) {
      throw wrong("message", "at most " + MAX_MESSAGE + " characters, without U+0000");
    }
    boolean[] mustAsk = {false}; // Written and read on one event loop.
    return store
        .change(
            id,
            List.of(caller.userId()),
            code(request.getCode()),
            group -> {
              mustAsk[0] = rules.mustAsk(group, caller.userId());
              return mustAsk[0] ? Optional.empty() : rules.join(group, caller.userId());
            })
        .compose(
            made -> {
              made.ifPresent(done -> calls.deliver(caller, id, Delivered.of(done)));
              return mustAsk[0]
                  ? doors
                      .ask(id, caller.userId(), message)
                      .map(JoinReply.newBuilder().setPending(true).build())
                  : calls
                      .view(caller, id)
                      .map(view -> JoinReply.newBuilder().setConversation(view).build());
            });
  }

  private static Optional<String> code(String code) {
    return code.isEmpty() || code.length() > CODE_LENGTH ? Optional.empty() : Optional.of(code);
  }

  Future<CreateCodeReply> createCode(Caller caller, CreateCodeRequest request) {
    UUID id = id(request.getConversationId());
    long seconds = Integer.toUnsignedLong(request.getExpiresInSeconds());
    if (seconds > LONGEST_SECONDS) {
      throw wrong("expiresInSeconds", "at most " + LONGEST_SECONDS + " seconds, a year");
    }
    int uses = request.getMaxUses();
    Code code =
        new Code(
            codes.get(),
            seconds == 0 ? USUAL : Duration.ofSeconds(seconds),
            uses == 0 ? Optional.empty() : Optional.of(uses < 0 ? Integer.MAX_VALUE : uses));
    return byAdmin(caller, id)
        .compose(allowed -> doors.addCode(id, caller.userId(), code, MAX_CODES))
        .map(
            until ->
                CreateCodeReply.newBuilder()
                    .setCode(code.code())
                    .setExpiresAt(
                        GroupChange.timestamp(until.orElseThrow(JoinService::tooManyCodes)))
                    .build());
  }

  private static SkeinException tooManyCodes() {
    return new SkeinException(
        ErrorCode.TOO_LARGE, "a conversation has at most " + MAX_CODES + " codes; revoke some");
  }

  Future<RevokeCodeReply> revokeCode(Caller caller, RevokeCodeRequest request) {
    UUID id = id(request.getConversationId());
    String code = request.getCode();
    return byAdmin(caller, id)
        .compose(
            allowed -> doors.revokeCodes(id, code.isEmpty() ? Optional.empty() : Optional.of(code)))
        .map(RevokeCodeReply.getDefaultInstance());
  }

  Future<LookupCodeReply> lookup(Caller caller, LookupCodeRequest request) {
    return doors
        .invitation(request.getCode(), caller.userId())
        .map(
            found -> {
              DoorStore.Invitation invitation =
                  found.orElseThrow(
                      () ->
                          new SkeinException(
                                  ErrorCode.NOT_FOUND, "this code is not good, or no more")
                              .withField("code"));
              return LookupCodeReply.newBuilder()
                  .setConversationId(invitation.conversationId().toString())
                  .setKind(invitation.kind())
                  .setTitle(invitation.title())
                  .setAvatarUrl(invitation.avatarUrl())
                  .setMemberCount(invitation.memberCount())
                  .setApproval(invitation.approval())
                  .setMember(invitation.member())
                  .build();
            });
  }

  Future<JoinRequestsReply> requests(Caller caller, JoinRequestsRequest request) {
    UUID id = id(request.getConversationId());
    int limit = pages.limit(request.getLimit());
    return byAdmin(caller, id)
        .compose(allowed -> doors.waiting(id, request.getAfterUserId(), limit + 1))
        .map(
            found -> {
              JoinRequestsReply.Builder reply =
                  JoinRequestsReply.newBuilder().setMore(found.size() > limit);
              found.stream().limit(limit).forEach(one -> reply.addRequests(pending(one)));
              return reply.build();
            });
  }

  private static PendingJoin pending(Waiting waiting) {
    return PendingJoin.newBuilder()
        .setUserId(waiting.userId())
        .setMessage(waiting.message())
        .setRequestedAt(GroupChange.timestamp(waiting.since()))
        .build();
  }

  Future<DecideReply> decide(Caller caller, DecideRequest request) {
    UUID id = id(request.getConversationId());
    String user = UserIds.check(request.getUserId(), "userId");
    return byAdmin(caller, id)
        .compose(allowed -> doors.waits(id, user))
        .compose(waits -> waits ? accept(caller, id, user, request) : settled(id, user, request))
        .map(DecideReply.getDefaultInstance());
  }

  private Future<Void> accept(Caller caller, UUID id, String user, DecideRequest request) {
    if (!request.getAccept()) {
      return doors.dismiss(id, user);
    }
    return store
        .change(
            id,
            List.of(caller.userId(), user),
            Optional.empty(),
            group -> rules.accept(group, caller.userId(), user))
        .compose(
            made -> {
              made.ifPresent(done -> calls.deliver(caller, id, Delivered.of(done)));
              return doors.dismiss(id, user);
            });
  }

  /** A decision that is made already is answered as done, if it came to the same. */
  private Future<Void> settled(UUID id, String user, DecideRequest request) {
    return store
        .standing(id, user)
        .compose(
            standing ->
                standing.isPresent() == request.getAccept()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new SkeinException(ErrorCode.NOT_FOUND, "nobody of this id waits")
                            .withField("userId")));
  }

  private Future<Standing> byAdmin(Caller caller, UUID id) {
    return store
        .standing(id, caller.userId())
        .map(
            found -> {
              Standing standing = found.orElseThrow(Locked::notFound);
              if (!standing.isAtLeast(Role.ADMIN)) {
                throw Locked.denied("only owners and admins may do this");
              }
              return standing;
            });
  }

  private static UUID id(String conversationId) {
    return ConversationIds.parse(conversationId, "conversationId");
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
