package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.BlockPeerReply;
import io.skein.protocol.internal.v1.BlockPeerRequest;
import io.vertx.core.Future;

/** Keeps users from speaking to those who do not want to hear them. */
final class BlockService {
  private final ConversationStore store;

  BlockService(ConversationStore store) {
    this.store = store;
  }

  /** See {@code log.block}. */
  Future<BlockPeerReply> block(BlockPeerRequest request) {
    String blocked = UserIds.check(request.getBlockedId(), "blockedId");
    DirectPair pair = DirectPair.of(UserIds.check(request.getUserId(), "userId"), blocked);
    if (pair.isSelf()) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "nobody can block oneself")
          .withField("blockedId");
    }
    return store
        .block(pair, blocked, request.getBlocked())
        .map(BlockPeerReply.getDefaultInstance());
  }
}
