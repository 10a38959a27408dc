package io.skein.presence.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.Mesh;
import io.skein.presence.Stores;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BlockPeerReply;
import io.skein.protocol.internal.v1.BlockPeerRequest;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.v1.BlockRequest;
import io.skein.protocol.v1.BlockedReply;
import io.skein.protocol.v1.BlockedRequest;
import io.skein.protocol.v1.ExportContactsRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.UnblockRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StoresExtension.class)
@DisplayName("A user's blocks")
class BlockServiceIT {
  private final List<BlockPeerRequest> told = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private PgBlockStore store;
  private BlockService blocks;
  private volatile boolean messagesAway;

  @BeforeEach
  void start(@Migrated("presence") PostgresAddress address) {
    vertx = Vertx.vertx();
    Mesh mesh = Mesh.local(vertx);
    mesh.instance("session")
        .handle(
            Rpc.of("directory.exists", ExistsRequest.class, ExistsReply.class),
            call -> Future.succeededFuture(existing(call.request())))
        .start()
        .await();
    mesh.instance("message")
        .handle(
            Rpc.of("log.block", BlockPeerRequest.class, BlockPeerReply.class),
            call -> tell(call.request()))
        .start()
        .await();
    store = new PgBlockStore(Stores.postgres(vertx, address));
    blocks = BlockService.over(store, mesh.bus());
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Everybody but "nobody". */
  private static ExistsReply existing(ExistsRequest request) {
    return ExistsReply.newBuilder()
        .addAllExisting(
            request.getUserIdsList().stream().filter(user -> !user.equals("nobody")).toList())
        .build();
  }

  private Future<BlockPeerReply> tell(BlockPeerRequest request) {
    if (messagesAway) {
      return Future.failedFuture(new SkeinException(ErrorCode.INTERNAL, "away"));
    }
    told.add(request);
    return Future.succeededFuture(BlockPeerReply.getDefaultInstance());
  }

  @Test
  @DisplayName("are told to the message service before they are answered, and listed in pages")
  void blocks() {
    IntStream.range(0, 5).forEach(i -> block("user" + i));
    block("user3");
    assertThat(told).hasSize(6).allMatch(BlockPeerRequest::getBlocked);
    assertThat(told.getFirst().getUserId()).isEqualTo("bob");
    assertThat(told.getFirst().getBlockedId()).isEqualTo("user0");
    BlockedReply page = blocked("", 2);
    assertThat(page.getUserIdsList()).containsExactly("user0", "user1");
    assertThat(page.getMore()).isTrue();
    assertThat(blocked("user1", 3).getUserIdsList()).containsExactly("user2", "user3", "user4");
    assertThat(blocked("user1", 3).getMore()).isFalse();
  }

  @Test
  @DisplayName("end where they are taken back, as often as that is said")
  void unblocks() {
    block("alice");
    unblock("alice");
    unblock("alice");
    assertThat(told.getLast().getBlocked()).isFalse();
    assertThat(blocked("", 0).getUserIdsList()).isEmpty();
  }

  @Test
  @DisplayName("are not answered while they do not hold, and hold when they are said again")
  void failsHalfWay() {
    messagesAway = true;
    assertThat(refusal(blocks.block(caller(), request("alice")))).isEqualTo(ErrorCode.INTERNAL);
    messagesAway = false;
    block("alice");
    assertThat(told).hasSize(1);
    messagesAway = true;
    UnblockRequest back = UnblockRequest.newBuilder().setUserId("alice").build();
    assertThat(refusal(blocks.unblock(caller(), back))).isEqualTo(ErrorCode.INTERNAL);
    assertThat(blocked("", 0).getUserIdsList()).containsExactly("alice");
  }

  @Test
  @DisplayName("are the user's own data: taken along in pages, and gone when the user is")
  void exportAndErase() {
    IntStream.range(0, 3).forEach(i -> block("user" + i));
    assertThat(store.add("alice", "bob", 10).await()).isTrue();
    ExportReply first = export("");
    assertThat(first.getLinesList())
        .extracting(line -> line.getKind() + " " + line.getBlock().getUserId())
        .containsExactly("block user0", "block user1");
    assertThat(first.getMore()).isTrue();
    ExportReply second = export(first.getCursor());
    assertThat(second.getLinesCount()).isEqualTo(1);
    assertThat(second.getMore()).isFalse();

    blocks.forget("bob").await();
    assertThat(export("").getLinesList()).isEmpty();
    assertThat(store.blocked("alice", "", 10).await()).isEmpty();
  }

  private ExportReply export(String cursor) {
    return blocks
        .export(caller(), ExportContactsRequest.newBuilder().setCursor(cursor).setLimit(2).build())
        .await();
  }

  @Test
  @DisplayName("are of others who exist, and bounded")
  void refuses() {
    assertThat(refusal(blocks.block(caller(), request("nobody")))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(Future.future(p -> blocks.block(caller(), request("bob")))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(store.add("bob", "alice", 1).await()).isTrue();
    assertThat(store.add("bob", "carol", 1).await()).isFalse();
    assertThat(store.add("bob", "alice", 1).await()).isTrue();
    assertThat(told).isEmpty();
  }

  private static CallerInfo caller() {
    return CallerInfo.newBuilder().setKind(CallerInfo.Kind.USER).setUserId("bob").build();
  }

  private static BlockRequest request(String user) {
    return BlockRequest.newBuilder().setUserId(user).build();
  }

  private void block(String user) {
    blocks.block(caller(), request(user)).await();
  }

  private void unblock(String user) {
    blocks.unblock(caller(), UnblockRequest.newBuilder().setUserId(user).build()).await();
  }

  private BlockedReply blocked(String after, int limit) {
    return blocks
        .blocked(
            caller(), BlockedRequest.newBuilder().setAfterUserId(after).setLimit(limit).build())
        .await();
  }

  private static ErrorCode refusal(Future<?> call) {
    await().until(call::isComplete);
    return ((SkeinException) call.cause()).code();
  }
}
