package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.CAROL;
import static io.skein.message.ServiceFixture.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Created;
import io.skein.protocol.v1.GetConversationRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Conversations")
class ConversationServiceTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  @Test
  @DisplayName("A group has its creator as owner, and everybody is told of it")
  void createsGroups() {
    Conversation trip = create(ALICE, group("Trip", BOB, CAROL, BOB, ALICE).build());
    assertThat(trip.getKind()).isEqualTo(Conversation.Kind.GROUP);
    assertThat(trip.getTitle()).isEqualTo("Trip");
    assertThat(trip.getMemberCount()).isEqualTo(3);
    assertThat(trip.getHeadSeq()).isEqualTo(1);
    assertThat(trip.getUnread()).isZero();

    Delivery delivery = fixture.deliveries().getFirst();
    assertThat(delivery.getRecipientsList()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
    Created created = fixture.events().getFirst().getEntry().getCreated();
    assertThat(created.getMembersList()).containsExactly(ALICE, BOB, CAROL);
    assertThat(get(BOB, trip.getConversationId()).getUnread()).isZero();
  }

  @Test
  @DisplayName("Created again with the same id of the client it is the same group, told once")
  void createsOnce() {
    var request = group("Trip", BOB).setClientConversationId(UUID.randomUUID().toString()).build();
    String id = create(ALICE, request).getConversationId();
    assertThat(create(ALICE, request).getConversationId()).isEqualTo(id);
    assertThat(create(BOB, request.toBuilder().clearMembers().addMembers(ALICE).build()))
        .extracting(Conversation::getConversationId)
        .isNotEqualTo(id);
    assertThat(fixture.deliveries()).hasSize(2);
    assertThat(create(ALICE, group("Trip", BOB).build()).getConversationId()).isNotEqualTo(id);
  }

  @Test
  @DisplayName("Groups that are wrong in themselves are refused")
  void checksRequests() {
    assertThat(refusal(group("Trip", "nobody"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(group("Trip", "b\nob"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(group("x".repeat(129), BOB))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(group("bell \u0007", BOB))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(group("Trip", BOB).setKind(Conversation.Kind.DIRECT)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal(group("Trip", BOB).setClientConversationId("mine")))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    String[] many = IntStream.range(0, 500).mapToObj(i -> "u" + i).toArray(String[]::new);
    assertThat(refusal(group("Trip", many))).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(fixture.deliveries()).isEmpty();
  }

  @Test
  @DisplayName("A stranger cannot look at a group")
  void hidesGroups() {
    String id = create(ALICE, group("Trip", BOB).build()).getConversationId();
    for (String asked : List.of(id, UUID.randomUUID().toString())) {
      assertThat(
              fixture.refusal(
                  () -> fixture.services().conversations().get(by(CAROL), getRequest(asked))))
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  private ErrorCode refusal(CreateConversationRequest.Builder request) {
    return fixture.refusal(
        () -> fixture.services().conversations().create(by(ALICE), request.build()));
  }

  private Conversation create(String creator, CreateConversationRequest request) {
    Future<CreateConversationReply> reply =
        fixture.start(() -> fixture.services().conversations().create(by(creator), request));
    return Given.get(reply).getConversation();
  }

  private Conversation get(String user, String id) {
    return fixture
        .run(() -> fixture.services().conversations().get(by(user), getRequest(id)))
        .getConversation();
  }

  private static GetConversationRequest getRequest(String id) {
    return GetConversationRequest.newBuilder().setConversationId(id).build();
  }

  private static CreateConversationRequest.Builder group(String title, String... members) {
    return CreateConversationRequest.newBuilder()
        .setKind(Conversation.Kind.GROUP)
        .setTitle(title)
        .addAllMembers(List.of(members));
  }
}
