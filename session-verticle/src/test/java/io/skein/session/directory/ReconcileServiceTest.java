package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static io.skein.session.directory.DirectoryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReconcileServiceTest {
  private final DirectoryFixture fixture = new DirectoryFixture();

  @BeforeEach
  void know() {
    await(fixture.storeMemory.check());
  }

  @Test
  @DisplayName("What both know stays, and nothing is written")
  void agreement() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);

    ReconcileReply reply = reconcile(fixture, true, 0, bob);

    assertThat(reply).isEqualTo(ReconcileReply.getDefaultInstance());
    assertThat(fixture.changes).containsExactly("+bob/d-android");
  }

  @Test
  @DisplayName("A new owner goes on numbering where the gateway says that the old one was")
  void handOver() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    DirectoryFixture owner = new DirectoryFixture(fixture.store);
    owner.deliver(entry(1, "bob"));

    reconcile(owner, true, 17, bob);
    owner.deliver(entry(2, "bob"));

    assertThat(owner.numbers()).containsExactly(bob.sessionId() + " #0", bob.sessionId() + " #18");
  }

  @Test
  @DisplayName("Until a gateway has told all its sessions it is asked to, also after a loss")
  void asked() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    assertThat(fixture.storeMemory.isReconcileWanted("g1")).isTrue();

    reconcile(fixture, false, 0, bob);
    assertThat(fixture.storeMemory.isReconcileWanted("g1")).isTrue();
    reconcile(fixture, true, 0, bob);
    assertThat(fixture.storeMemory.isReconcileWanted("g1")).isFalse();

    fixture.store.loseMemory();
    await(fixture.storeMemory.check());
    assertThat(fixture.storeMemory.isReconcileWanted("g1")).isTrue();
  }

  @Test
  @DisplayName("What Redis lost is written back, and named so that its client syncs")
  void rebuilt() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    fixture.deliver(entry(1, "bob"));
    fixture.store.loseMemory();
    await(fixture.storeMemory.check());

    ReconcileReply reply = reconcile(fixture, true, 1, bob);

    assertThat(reply.getRebuiltList())
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.getSessionId()).isEqualTo(bob.sessionId());
              assertThat(session.getLastPush()).isEqualTo(1);
            });
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).containsExactly(bob);
  }

  @Test
  @DisplayName("What was replaced or revoked is not written back, even if Redis forgot the fence")
  void superseded() {
    SessionRecord old = fixture.open("bob", "android", "g1", 1);
    fixture.epochs.next(new DeviceKey("bob", "d-android"));
    fixture.store.loseMemory();
    await(fixture.storeMemory.check());

    ReconcileReply reply = reconcile(fixture, true, 0, old);

    assertThat(reply.getRebuiltList()).isEmpty();
    assertThat(reply.getClosedList())
        .singleElement()
        .satisfies(
            closed -> {
              assertThat(closed.getConnection()).isEqualTo(1);
              assertThat(closed.getBye().getCode()).isEqualTo(CloseCode.REPLACED.code());
              assertThat(closed.getBye().getReconnect()).isFalse();
            });
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).isEmpty();
  }

  @Test
  @DisplayName("A gateway that missed that its session was replaced learns it")
  void missedKick() {
    SessionRecord old = fixture.open("bob", "android", "g1", 1);
    SessionRecord newer = fixture.open("bob", "android", "g2", 5);

    ReconcileReply reply = reconcile(fixture, true, 0, old);

    assertThat(reply.getClosedList())
        .extracting(closed -> closed.getSessionId())
        .containsExactly(old.sessionId());
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).containsExactly(newer);
  }

  @Test
  @DisplayName(
      "What a gateway does not hold is dropped if the list is complete and it is not young")
  void dropped() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    SessionRecord other = fixture.open("dave", "android", "g2", 1);
    fixture.clock.advance(Duration.ofSeconds(31));
    SessionRecord young = fixture.open("carol", "android", "g1", 2);

    reconcile(fixture, false, 0);
    assertThat(stored("bob")).containsExactly(bob);
    reconcile(fixture, true, 0);

    assertThat(stored("bob")).isEmpty();
    assertThat(stored("carol")).containsExactly(young);
    assertThat(stored("dave")).containsExactly(other);
    assertThat(fixture.changes).contains("-bob/d-android boot-g1");
  }

  @Test
  @DisplayName("Sessions of users of another instance are refused: the gateway's ring is to change")
  void foreign() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    fixture.foreign.add("bob");

    assertThat(refusal(() -> fixture.reconciles.reconcile(request(true, 0, bob))))
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private List<SessionRecord> stored(String userId) {
    return await(fixture.store.read(List.of(userId))).getFirst();
  }

  private static ReconcileReply reconcile(
      DirectoryFixture at, boolean complete, int lastPush, SessionRecord... sessions) {
    return await(at.reconciles.reconcile(request(complete, lastPush, sessions)));
  }

  private static ReconcileRequest request(
      boolean complete, int lastPush, SessionRecord... sessions) {
    ReconcileRequest.Builder request =
        ReconcileRequest.newBuilder()
            .setGateway("g1")
            .setGatewayBoot("boot-g1")
            .setComplete(complete);
    for (SessionRecord session : sessions) {
      request.addSessions(session.toRef().toBuilder().setLastPush(lastPush));
    }
    return request.build();
  }
}
