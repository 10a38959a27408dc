package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static io.skein.session.directory.DirectoryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.Hint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeliveryServiceTest {
  private final DirectoryFixture fixture = new DirectoryFixture();

  @Test
  @DisplayName(
      "One request goes to each gateway, each event once in it, with all of its connections")
  void grouping() {
    fixture.open("bob", "android", "g1", 1);
    fixture.open("carol", "android", "g1", 2);
    fixture.open("bob", "web", "g2", 1);

    fixture.deliver(entry(1, "bob", "carol"), entry(2, "bob"));

    assertThat(fixture.gateways.pushed)
        .extracting(FakeGateways.Pushed::gateway)
        .containsExactlyInAnyOrder("g1", "g2");
    var toFirst =
        fixture.gateways.pushed.stream()
            .filter(it -> it.gateway().equals("g1"))
            .findFirst()
            .orElseThrow()
            .request();
    assertThat(toFirst.getPushesList())
        .extracting(push -> push.getEvent().toStringUtf8() + " to " + push.getTargetsCount())
        .containsExactly("entry 1 to 2", "entry 2 to 1");
    assertThat(fixture.hints).isEmpty();
  }

  @Test
  @DisplayName("Each session's pushes are numbered 1, 2, 3 …; transient ones are not")
  void numbering() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    SessionRecord carol = fixture.open("carol", "android", "g1", 2);

    fixture.deliver(entry(1, "bob"));
    fixture.deliver(entry(2, "bob").toBuilder().setTransient(true).build());
    fixture.deliver(entry(3, "bob", "carol"));

    assertThat(fixture.numbers())
        .containsExactly(
            bob.sessionId() + " #1",
            bob.sessionId() + " #0",
            bob.sessionId() + " #2",
            carol.sessionId() + " #1");
  }

  @Test
  @DisplayName("The sending session gets nothing, the sender's other devices do")
  void exclude() {
    SessionRecord phone = fixture.open("alice", "android", "g1", 1);
    SessionRecord web = fixture.open("alice", "web", "g1", 2);

    fixture.deliver(entry(1, "alice").toBuilder().setExcludeSession(phone.sessionId()).build());

    assertThat(fixture.numbers()).containsExactly(web.sessionId() + " #1");
    assertThat(fixture.hints).isEmpty();
  }

  @Test
  @DisplayName("An event for one session goes to no other")
  void only() {
    fixture.open("bob", "android", "g1", 1);
    SessionRecord web = fixture.open("bob", "web", "g1", 2);

    fixture.deliver(
        Delivery.newBuilder().addRecipients("bob").setOnlySession(web.sessionId()).build());

    assertThat(fixture.numbers()).containsExactly(web.sessionId() + " #1");
  }

  @Test
  @DisplayName(
      "Who is on no device is handed to notify, once per conversation, but never the sender")
  void offline() {
    fixture.open("carol", "android", "g1", 1);

    fixture.deliver(entry(1, "alice", "bob", "carol"), entry(2, "bob", "bob"));

    assertThat(fixture.hints)
        .containsExactly(
            Hint.newBuilder()
                .setUserId("bob")
                .setConversationId("c1")
                .setSeq(2)
                .setReason(Hint.Reason.OFFLINE)
                .build());
  }

  @Test
  @DisplayName("What went to all gateways is pushed to nobody, and handed to notify for the absent")
  void absentOnly() {
    fixture.open("bob", "android", "g1", 1);
    fixture.open("carol", "android", "g2", 1);
    fixture.gateways.leave("g2");

    fixture.deliver(
        entry(3, "alice", "bob", "carol", "dave").toBuilder().setAbsentOnly(true).build());

    assertThat(fixture.numbers()).isEmpty();
    assertThat(fixture.hints).extracting(Hint::getUserId).containsExactly("carol", "dave");
  }

  @Test
  @DisplayName("What is transient, or no entry, is never handed to notify")
  void noHints() {
    fixture.deliver(
        entry(1, "bob").toBuilder().setTransient(true).build(),
        Delivery.newBuilder().addRecipients("bob").build());

    assertThat(fixture.hints).isEmpty();
  }

  @Test
  @DisplayName("A gateway that has left: its users count as offline, those elsewhere do not")
  void gatewayGone() {
    fixture.open("bob", "android", "g1", 1);
    fixture.open("carol", "android", "g1", 2);
    fixture.open("carol", "web", "g2", 1);
    fixture.gateways.leave("g1");

    fixture.deliver(entry(1, "bob", "carol"));

    assertThat(fixture.hints).extracting(Hint::getUserId).containsExactly("bob");
  }

  @Test
  @DisplayName("A member that does not answer fails the delivery, so that it is tried again")
  void gatewaySilent() {
    fixture.open("bob", "android", "g1", 1);
    fixture.gateways.silence("g1");

    assertThat(refusal(() -> fixture.tryDeliver(entry(1, "bob")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(fixture.hints).isEmpty();

    fixture.gateways.speakAgain("g1");
    fixture.deliver(entry(1, "bob"));
    assertThat(fixture.gateways.pushed).hasSize(1);
  }

  @Test
  @DisplayName("Says which transient events take the place of older ones at a slow client")
  void coalesceKey() {
    fixture.open("bob", "android", "g1", 1);
    Delivery.Builder cursor = entry(1, "bob").toBuilder().setTransient(true);

    fixture.deliver(cursor.setCoalesceKey("cursor").build());

    assertThat(fixture.gateways.pushed.getFirst().request().getPushes(0).getCoalesceKey())
        .isEqualTo("cursor");
  }

  @Test
  @DisplayName("For transient events nobody waits: a silent member does not fail them")
  void transientToSilent() {
    fixture.open("bob", "android", "g1", 1);
    fixture.gateways.silence("g1");

    fixture.deliver(entry(1, "bob").toBuilder().setTransient(true).build());
  }

  @Test
  @DisplayName("A queue of notify that does not answer fails the delivery")
  void notifyDown() {
    fixture.notifyAnswers = false;

    assertThat(refusal(() -> fixture.tryDeliver(entry(1, "bob")))).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  @DisplayName(
      "A session that its gateway does not hold is dropped, and its user counts as offline")
  void missingSession() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    fixture.clock.advance(Duration.ofSeconds(6));
    fixture.gateways.missing.add(bob.sessionId());

    fixture.deliver(entry(1, "bob"));

    assertThat(fixture.hints).extracting(Hint::getUserId).containsExactly("bob");
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).isEmpty();
    assertThat(fixture.changes).containsExactly("+bob/d-android", "-bob/d-android boot-g1");
  }

  @Test
  @DisplayName("A session so young that its gateway may not know it yet is not dropped")
  void youngSession() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    fixture.gateways.missing.add(bob.sessionId());

    fixture.deliver(entry(1, "bob"));

    assertThat(fixture.hints).extracting(Hint::getUserId).containsExactly("bob");
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).containsExactly(bob);
  }

  @Test
  @DisplayName("Users are read from the store once and then remembered, online or not")
  void remembered() {
    DirectoryFixture other = new DirectoryFixture(fixture.store);
    fixture.open("bob", "android", "g1", 1);

    other.deliver(entry(1, "bob", "carol"));
    other.deliver(entry(2, "bob", "carol"));

    assertThat(fixture.store.reads()).isEqualTo(2);
    assertThat(other.gateways.pushed).hasSize(2);
  }

  @Test
  @DisplayName("A user of another instance is read from the store each time, and pushed uncounted")
  void foreign() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 1);
    DirectoryFixture other = new DirectoryFixture(fixture.store);
    other.foreign.add("bob");

    other.deliver(entry(1, "bob"));
    other.deliver(entry(2, "bob"));

    assertThat(fixture.store.reads()).isEqualTo(2);
    assertThat(other.numbers()).containsExactly(bob.sessionId() + " #0", bob.sessionId() + " #0");
  }

  @Test
  @DisplayName("Without the store, known users are still reached; for unknown ones it fails")
  void storeDown() {
    fixture.open("bob", "android", "g1", 1);
    fixture.store.setReachable(false);

    fixture.deliver(entry(1, "bob"));
    assertThat(refusal(() -> fixture.tryDeliver(entry(2, "bob", "dave"))))
        .isEqualTo(ErrorCode.UNAVAILABLE);

    fixture.store.setReachable(true);
    fixture.deliver(entry(2, "bob", "dave"));
    assertThat(fixture.hints).extracting(Hint::getUserId).containsExactly("dave");
  }

  @Test
  @DisplayName("Numbers that changed are told twice in a row, as an answer may be lost")
  void counters() {
    SessionRecord bob = fixture.open("bob", "android", "g1", 7);
    fixture.deliver(entry(1, "bob"));
    fixture.deliver(entry(2, "bob"));

    for (int i = 0; i < 2; i++) {
      assertThat(fixture.counters.take("g1"))
          .singleElement()
          .satisfies(
              counter -> {
                assertThat(counter.getConnection()).isEqualTo(7);
                assertThat(counter.getSessionId()).isEqualTo(bob.sessionId());
                assertThat(counter.getLastPush()).isEqualTo(2);
              });
    }
    assertThat(fixture.counters.take("g1")).isEmpty();
    assertThat(fixture.counters.take("g2")).isEmpty();
  }
}
