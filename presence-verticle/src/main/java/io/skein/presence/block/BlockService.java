package io.skein.presence.block;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.BlockPeerReply;
import io.skein.protocol.internal.v1.BlockPeerRequest;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.v1.BlockReply;
import io.skein.protocol.v1.BlockRequest;
import io.skein.protocol.v1.BlockedReply;
import io.skein.protocol.v1.BlockedRequest;
import io.skein.protocol.v1.ExportContactsRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.ExportedBlock;
import io.skein.protocol.v1.UnblockReply;
import io.skein.protocol.v1.UnblockRequest;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Whom users do not want to hear from. Each call is answered when it holds; one that failed
 * half-way is made whole by being repeated.
 */
public final class BlockService {
  private static final int MOST = 10_000;
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final Duration BUDGET = Duration.ofSeconds(3);

  private static final Rpc<ExistsRequest, ExistsReply> EXISTS =
      Rpc.of("directory.exists", ExistsRequest.class, ExistsReply.class);
  private static final Rpc<BlockPeerRequest, BlockPeerReply> BLOCK_PEER =
      Rpc.of("log.block", BlockPeerRequest.class, BlockPeerReply.class);

  private final BlockStore store;
  private final Bus bus;

  BlockService(BlockStore store, Bus bus) {
    this.store = store;
    this.bus = bus;
  }

  /** Blocks that are kept in Postgres. */
  public static BlockService over(PgBlockStore store, Bus bus) {
    return new BlockService(store, bus);
  }

  /** See {@code contacts.block}. */
  public Future<BlockReply> block(CallerInfo caller, BlockRequest request) {
    String userId = user(caller);
    String other = other(userId, request.getUserId());
    return exists(other)
        .compose(there -> store.add(userId, other, MOST))
        .compose(
            added ->
                added
                    ? tell(userId, other, true)
                    : Future.failedFuture(
                        new SkeinException(
                            ErrorCode.TOO_LARGE, "at most " + MOST + " users can be blocked")))
        .map(BlockReply.getDefaultInstance());
  }

  /** See {@code contacts.unblock}. */
  public Future<UnblockReply> unblock(CallerInfo caller, UnblockRequest request) {
    String userId = user(caller);
    String other = other(userId, request.getUserId());
    return tell(userId, other, false)
        .compose(heard -> store.remove(userId, other))
        .map(UnblockReply.getDefaultInstance());
  }

  /** See {@code contacts.blocked}. */
  public Future<BlockedReply> blocked(CallerInfo caller, BlockedRequest request) {
    String userId = user(caller);
    int limit = limit(request.getLimit());
    return store
        .blocked(userId, request.getAfterUserId(), limit + 1)
        .map(
            found ->
                BlockedReply.newBuilder()
                    .addAllUserIds(found.subList(0, Math.min(limit, found.size())))
                    .setMore(found.size() > limit)
                    .build());
  }

  /** See {@code contacts.export}. */
  public Future<ExportReply> export(CallerInfo caller, ExportContactsRequest request) {
    BlockedRequest page =
        BlockedRequest.newBuilder()
            .setAfterUserId(request.getCursor())
            .setLimit(request.getLimit())
            .build();
    return blocked(caller, page)
        .map(
            found -> {
              ExportReply.Builder reply = ExportReply.newBuilder().setMore(found.getMore());
              for (String userId : found.getUserIdsList()) {
                reply
                    .setCursor(userId)
                    .addLinesBuilder()
                    .setKind("block")
                    .setBlock(ExportedBlock.newBuilder().setUserId(userId));
              }
              return reply.build();
            });
  }

  /** Of a user who has been erased. */
  public Future<Void> forget(String userId) {
    return store.forget(userId);
  }

  private static String user(CallerInfo caller) {
    if (caller.getUserId().isEmpty()) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "this is done by a user, or by a backend on behalf of one");
    }
    return caller.getUserId();
  }

  private static String other(String userId, String wanted) {
    String other = UserIds.check(wanted, "userId");
    if (other.equals(userId)) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "nobody can block oneself")
          .withField("userId");
    }
    return other;
  }

  private static int limit(int wanted) {
    if (wanted < 0 || wanted > LARGEST_PAGE) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "a page has at most " + LARGEST_PAGE + " items")
          .withField("limit");
    }
    return wanted == 0 ? USUAL_PAGE : wanted;
  }

  private Future<Void> exists(String userId) {
    ExistsRequest request = ExistsRequest.newBuilder().addUserIds(userId).build();
    return bus.callAny(EXISTS, request, CallContext.internal(BUDGET))
        .compose(
            reply ->
                reply.getExistingCount() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new SkeinException(ErrorCode.NOT_FOUND, "there is no such user")
                            .withField("userId")));
  }

  private Future<BlockPeerReply> tell(String userId, String other, boolean blocked) {
    BlockPeerRequest request =
        BlockPeerRequest.newBuilder()
            .setUserId(userId)
            .setBlockedId(other)
            .setBlocked(blocked)
            .build();
    return bus.callAny(BLOCK_PEER, request, CallContext.internal(BUDGET));
  }
}
