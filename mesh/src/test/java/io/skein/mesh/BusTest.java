package io.skein.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodTable;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The bus")
class BusTest {
  private static final Rpc<HistoryRequest, HistoryReply> HISTORY =
      Rpc.of("messages.history", HistoryRequest.class, HistoryReply.class);
  private static final Rpc<LoginRequest, LoginReply> LOGIN =
      Rpc.of("accounts.login", LoginRequest.class, LoginReply.class);
  private static final CallContext SHORT = CallContext.internal(Duration.ofMillis(400));
  private static final CallContext LONG = CallContext.internal(Duration.ofSeconds(10));

  private final Vertx vertx = Vertx.vertx();
  private final Mesh mesh = Mesh.local(vertx);

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  @DisplayName("brings a typed call and its context to a handler and the reply back")
  void call() throws Exception {
    serve(call -> reply(call.request().getLimit() + call.remaining().toSecondsPart()));
    HistoryRequest request = HistoryRequest.newBuilder().setLimit(7).build();
    assertThat(await(mesh.bus().call(HISTORY, "key", request, LONG)).getHeadSeq())
        .isBetween(16, 17);
    assertThat(await(mesh.bus().callAny(HISTORY, request, LONG)).getHeadSeq()).isBetween(16, 17);
  }

  @Test
  @DisplayName("tries an idempotent call again while its error says unavailable")
  void retries() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    serve(call -> calls.incrementAndGet() < 4 ? failed(ErrorCode.UNAVAILABLE) : reply(calls.get()));
    assertThat(await(history()).getHeadSeq()).isEqualTo(4);
  }

  @Test
  @DisplayName("never repeats a call that is not idempotent and may have been done")
  void notIdempotent() {
    AtomicInteger calls = new AtomicInteger();
    startInstance(
        mesh.instance("session")
            .handle(
                LOGIN,
                call -> {
                  calls.incrementAndGet();
                  return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "down"));
                }));
    assertFails(
        mesh.bus().call(LOGIN, "key", LoginRequest.getDefaultInstance(), SHORT),
        ErrorCode.UNAVAILABLE);
    assertThat(calls).hasValue(1);
  }

  @Test
  @DisplayName("answers a handler's exception once, without its details")
  void exception() {
    serve(
        call -> {
          throw new IllegalStateException("secret");
        });
    assertThatThrownBy(() -> await(history()))
        .hasRootCauseInstanceOf(SkeinException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("ends a call at its budget when nobody answers")
  void budget() {
    Promise<HistoryReply> never = Promise.promise();
    serve(call -> never.future());
    assertFails(
        mesh.bus().call(HISTORY, "key", HistoryRequest.getDefaultInstance(), SHORT),
        ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  @DisplayName("says unavailable when no instance is ready, and unimplemented at once")
  void nobody() {
    assertFails(
        mesh.bus().call(HISTORY, "key", HistoryRequest.getDefaultInstance(), SHORT),
        ErrorCode.UNAVAILABLE);
    startInstance(mesh.instance("message"));
    assertFails(history(), ErrorCode.UNIMPLEMENTED);
  }

  @Test
  @DisplayName("passes opaque params on, and the error in the reply")
  void forward() throws Exception {
    serve(call -> failed(ErrorCode.NOT_FOUND));
    BusCall call =
        BusCall.newBuilder()
            .setMethod("messages.history")
            .setBudgetMs(5_000)
            .setParams(ByteString.EMPTY)
            .build();
    BusReply answer =
        await(mesh.bus().forward(MethodTable.get().find(call.getMethod()).orElseThrow(), "", call));
    assertThat(answer.getError().getCode()).isEqualTo("not_found");
  }

  @Test
  @DisplayName("takes no new call after a drain, and finishes what was under way")
  void drain() throws Exception {
    Promise<HistoryReply> slow = Promise.promise();
    Promise<Void> arrived = Promise.promise();
    ServiceInstance instance =
        mesh.instance("message")
            .handle(
                HISTORY,
                call -> {
                  arrived.tryComplete();
                  return slow.future();
                });
    startInstance(instance);
    Future<HistoryReply> underWay = history();
    await(arrived.future());

    Future<Void> drained = instance.drain();
    assertFails(
        mesh.bus().call(HISTORY, "key", HistoryRequest.getDefaultInstance(), SHORT),
        ErrorCode.UNAVAILABLE);
    assertThat(drained.isComplete()).isFalse();
    slow.complete(HistoryReply.getDefaultInstance());
    await(drained);
    assertThat(await(underWay)).isEqualTo(HistoryReply.getDefaultInstance());
  }

  private Future<HistoryReply> history() {
    return mesh.bus().call(HISTORY, "key", HistoryRequest.getDefaultInstance(), LONG);
  }

  private void serve(
      java.util.function.Function<Call<HistoryRequest>, Future<HistoryReply>> handler) {
    startInstance(mesh.instance("message").handle(HISTORY, handler));
  }

  private void startInstance(ServiceInstance instance) {
    try {
      await(instance.start());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static Future<HistoryReply> reply(long head) {
    return Future.succeededFuture(HistoryReply.newBuilder().setHeadSeq((int) head).build());
  }

  private static Future<HistoryReply> failed(ErrorCode code) {
    return Future.failedFuture(new SkeinException(code, "as the test wants it"));
  }

  private static void assertFails(Future<?> call, ErrorCode code) {
    assertThatThrownBy(() -> await(call))
        .rootCause()
        .isInstanceOfSatisfying(
            SkeinException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
