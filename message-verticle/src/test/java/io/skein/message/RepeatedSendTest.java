package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.CAROL;
import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.Outbox.Pending;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody sweeps the outbox here: what is delivered is delivered because of the send. */
@DisplayName("A message whose fate is not known")
class RepeatedSendTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  private final SendRequest message = toUser(BOB, "hi");

  @Test
  @DisplayName("sent again while its delivery is not done, is delivered at once")
  void deliversAtOnce() {
    fixture.sessionsAway(true);
    SendReply first = fixture.send(ALICE, message);
    assertThat(fixture.deliveries()).isEmpty();
    assertThat(pending()).hasSize(1);

    fixture.sessionsAway(false);
    assertThat(fixture.send(ALICE, message)).isEqualTo(first);
    assertThat(fixture.deliveries()).extracting(Delivery::getSeq).containsExactly(1);
    assertThat(pending()).isEmpty();
  }

  @Test
  @DisplayName("sent again after its delivery is done, is not delivered again")
  void deliversNotTwice() {
    fixture.send(ALICE, message);
    fixture.send(ALICE, message);
    assertThat(fixture.deliveries()).hasSize(1);
  }

  @Test
  @DisplayName("sent again while it is still on its way, is not delivered beside that")
  void deliversNotBesideItself() {
    fixture.holdDeliveries();
    fixture.send(ALICE, message);
    fixture.send(ALICE, message);
    assertThat(fixture.deliveries()).hasSize(1);
    assertThat(pending()).hasSize(1);
  }

  @Test
  @DisplayName("because the answer to its commit was lost, is answered with its seq and delivered")
  void findsLostCommits() {
    AtomicInteger left = new AtomicInteger(1);
    fixture
        .entries()
        .failAfterwards(batch -> left.getAndDecrement() > 0 ? cut(() -> {}) : Optional.empty());
    assertThat(fixture.send(ALICE, message).getSeq()).isEqualTo(1);
    assertThat(fixture.deliveries()).extracting(Delivery::getSeq).containsExactly(1);
    assertThat(pending()).isEmpty();
  }

  @Test
  @DisplayName("is delivered also when a part of its batch is still locked when it is looked for")
  void findsPartsOfLostCommits() {
    UUID locked = new Given(fixture.stores()).group(ALICE, CAROL);
    Given.get(
        fixture
            .stores()
            .outbox()
            .done(pending().stream().map(Pending::batchId).toList(), List.of()));
    AtomicReference<Stores.Lock> lock = new AtomicReference<>();
    fixture
        .entries()
        .failAfterwards(
            batch ->
                lock.get() == null
                    ? cut(() -> lock.set(fixture.stores().lock(locked)))
                    : Optional.empty());
    List<Future<SendReply>> replies = new ArrayList<>();
    fixture.run(
        () -> {
          replies.add(sendNow(message));
          replies.add(sendNow(toConversation(locked.toString(), "hi, too")));
          return Future.succeededFuture();
        });
    assertThat(Given.get(replies.getFirst()).getSeq()).isEqualTo(1);
    assertThat(replies.getLast().isComplete()).isFalse();

    lock.get().close();
    assertThat(Given.get(replies.getLast()).getSeq()).isEqualTo(2);
    assertThat(fixture.deliveries()).extracting(Delivery::getSeq).contains(1, 2);
    assertThat(pending()).isEmpty();
  }

  @Test
  @DisplayName("is not acknowledged, and not delivered, before it has been committed")
  void waitsForTheCommit() {
    Promise<Void> commit = Promise.promise();
    fixture.entries().commitAfter(commit.future());
    Future<SendReply> reply = fixture.start(() -> sendNow(message));
    Awaitility.await().until(() -> !fixture.entries().batches().isEmpty());
    assertThat(fixture.deliveries()).isEmpty();
    assertThat(reply.isComplete()).isFalse();

    commit.complete();
    assertThat(Given.get(reply).getSeq()).isEqualTo(1);
    assertThat(fixture.deliveries()).hasSize(1);
  }

  @Test
  @DisplayName("that made a group: the group is made once, and its first entry delivered at once")
  void deliversFirstEntriesAtOnce() {
    CreateConversationRequest group =
        CreateConversationRequest.newBuilder()
            .setKind(Conversation.Kind.GROUP)
            .addMembers(BOB)
            .setClientConversationId(UUID.randomUUID().toString())
            .build();
    fixture.sessionsAway(true);
    String id = create(group);
    assertThat(fixture.deliveries()).isEmpty();

    fixture.sessionsAway(false);
    assertThat(create(group)).isEqualTo(id);
    assertThat(fixture.deliveries()).extracting(Delivery::getSeq).containsExactly(1);
    assertThat(pending()).isEmpty();
  }

  private String create(CreateConversationRequest group) {
    return fixture
        .run(() -> fixture.services().conversations().create(by(ALICE), group))
        .getConversation()
        .getConversationId();
  }

  private Future<SendReply> sendNow(SendRequest request) {
    return fixture.services().messages().send(by(ALICE), request);
  }

  private static Optional<Throwable> cut(Runnable meanwhile) {
    meanwhile.run();
    return Optional.of(new IOException("connection reset"));
  }

  private List<Pending> pending() {
    fixture.deliveries(); // lets what goes on in later turns go on
    return Given.get(fixture.stores().outbox().pending(100));
  }
}
