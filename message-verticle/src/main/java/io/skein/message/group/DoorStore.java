package io.skein.message.group;

import io.skein.protocol.v1.Conversation.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How people come in: codes that invite them, and requests of those who wait. */
interface DoorStore {
  /**
   * Makes a code.
   *
   * @param most codes of one conversation that are good at the same time
   * @return until when it is good; empty: there are as many as there may be
   */
  Future<Optional<Instant>> addCode(UUID conversationId, String userId, Code code, int most);

  /** Ends a code of the conversation; empty: all of them. */
  Future<Void> revokeCodes(UUID conversationId, Optional<String> code);

  /** What a code that is good now opens to this user. */
  Future<Optional<Invitation>> invitation(String code, String userId);

  /** Remembers who wants to come in; the last message counts. */
  Future<Void> ask(UUID conversationId, String userId, String message);

  /** Who waits, ascending by id, after {@code afterUser}. */
  Future<List<Waiting>> waiting(UUID conversationId, String afterUser, int limit);

  /** Whether they wait. */
  Future<Boolean> waits(UUID conversationId, String userId);

  /** They wait no more. */
  Future<Void> dismiss(UUID conversationId, String userId);

  /**
   * A code.
   *
   * @param uses empty: as many as like
   */
  record Code(String code, Duration lasts, Optional<Integer> uses) {}

  /** What a code opens, to somebody who may be in already. */
  record Invitation(
      UUID conversationId,
      Kind kind,
      String title,
      String avatarUrl,
      int memberCount,
      boolean approval,
      boolean member) {}

  /** Somebody who wants to come in. */
  record Waiting(String userId, String message, Instant since) {}
}
