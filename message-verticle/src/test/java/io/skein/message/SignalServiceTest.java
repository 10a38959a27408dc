package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.CAROL;
import static io.skein.message.ServiceFixture.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Signal;
import io.skein.protocol.v1.SignalRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A signal")
class SignalServiceTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  private UUID trip;

  @BeforeEach
  void group() {
    trip = new Given(fixture.stores()).group(ALICE, BOB);
  }

  private SignalRequest.Builder typing() {
    return SignalRequest.newBuilder()
        .setConversationId(trip.toString())
        .setKey("typing")
        .setCounter(3)
        .setCustom(Custom.newBuilder().setType("typing").setData("{}"));
  }

  private void send(String user, SignalRequest.Builder request) {
    fixture.run(() -> fixture.services().signals().signal(by(user), request.build()));
  }

  private ErrorCode refusal(String user, SignalRequest.Builder request) {
    return fixture.refusal(() -> fixture.services().signals().signal(by(user), request.build()));
  }

  @Test
  @DisplayName("reaches all members best effort, but not the session that sent it, and is not kept")
  void reaches() {
    send(ALICE, typing());
    Delivery delivery = fixture.deliveries().getFirst();
    assertThat(delivery.getTransient()).isTrue();
    assertThat(delivery.getRecipientsList()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(delivery.getExcludeSession()).isEqualTo(by(ALICE).sessionId());
    Signal signal = ServiceFixture.event(delivery).getSignal();
    assertThat(signal.getSender()).isEqualTo(ALICE);
    assertThat(signal.getCounter()).isEqualTo(3);
    assertThat(signal.getKey()).isEqualTo("typing");
    assertThat(new Given(fixture.stores()).seqs(trip, BOB)).containsExactly(1);
  }

  @Test
  @DisplayName("goes to all gateways where there are too many to name them")
  void reachesMany() {
    trip =
        new Given(fixture.stores())
            .group(IntStream.range(0, 300).mapToObj(i -> "user" + i).toArray(String[]::new));
    send("user7", typing());
    Broadcast sent = fixture.broadcasts().getFirst();
    assertThat(sent.getTransient()).isTrue();
    assertThat(sent.getSeq()).isZero();
    assertThat(sent.getCoalesceKey()).isNotEmpty();
    assertThat(sent.getExcludeSession()).isEqualTo(by("user7").sessionId());
    assertThat(fixture.deliveries()).isEmpty();
  }

  @Test
  @DisplayName("takes the place of the sender's last one with that key, where that waits")
  void coalesces() {
    send(ALICE, typing());
    send(ALICE, typing().setCounter(4));
    send(ALICE, typing().setKey("cursor"));
    send(BOB, typing());
    List<String> keys = fixture.deliveries().stream().map(Delivery::getCoalesceKey).toList();
    assertThat(keys.get(1)).isNotEmpty().isEqualTo(keys.get(0));
    assertThat(keys.subList(1, 4)).doesNotHaveDuplicates();
    send(ALICE, typing().clearKey());
    assertThat(fixture.deliveries().getLast().getCoalesceKey()).isEmpty();
  }

  @Test
  @DisplayName("is neither sent nor heard by those who are not there any more")
  void membersOnly() {
    assertThat(refusal(CAROL, typing())).isEqualTo(ErrorCode.NOT_FOUND);
    send(ALICE, typing());
    fixture.stores().remove(trip, BOB);
    assertThat(refusal(BOB, typing())).isEqualTo(ErrorCode.NOT_FOUND);
    send(ALICE, typing());
    assertThat(fixture.deliveries().getLast().getRecipientsList()).containsExactly(ALICE);
  }

  @Test
  @DisplayName("is small")
  void checks() {
    assertThat(refusal(ALICE, typing().clearCustom())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(ALICE, typing().setKey("x".repeat(65))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(
            refusal(
                ALICE,
                typing().setCustom(Custom.newBuilder().setType("t").setData("x".repeat(4097)))))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(fixture.deliveries()).isEmpty();
  }
}
