package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.CAROL;
import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.BadgeQuery;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.v1.ConversationDevicesReply;
import io.skein.protocol.v1.ConversationDevicesRequest;
import io.skein.protocol.v1.DeviceMark;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Marks")
class MarkServiceTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  private Given given;
  private UUID trip;

  @BeforeEach
  void open() {
    given = new Given(fixture.stores());
    trip = given.group(ALICE, BOB, CAROL);
    given.sent(trip, ALICE);
    given.sent(trip, ALICE);
  }

  @Test
  @DisplayName("Reading tells the own devices what is left, and the others how far it went")
  void reads() {
    ReadReply reply = read(BOB, trip, 2);
    assertThat(reply.getReadSeq()).isEqualTo(2);
    assertThat(reply.getUnread()).isEqualTo(1);
    assertThat(reply.getTotalUnread()).isEqualTo(1);

    Delivery own = fixture.deliveries().get(0);
    assertThat(own.getRecipientsList()).containsExactly(BOB);
    assertThat(own.getExcludeSession()).isEqualTo("bob-session");
    assertThat(event(own).getMark().getUnread()).isEqualTo(1);
    Delivery others = fixture.deliveries().get(1);
    assertThat(others.getRecipientsList()).containsExactlyInAnyOrder(ALICE, CAROL);
    Mark told = event(others).getMark();
    assertThat(told.getReadSeq()).isEqualTo(2);
    assertThat(told.hasUnread()).isFalse();
  }

  @Test
  @DisplayName("A mark that stands further already is answered, and nobody is told")
  void readsNotBack() {
    read(BOB, trip, 3);
    int told = fixture.deliveries().size();
    ReadReply reply = read(BOB, trip, 1);
    assertThat(reply.getReadSeq()).isEqualTo(3);
    assertThat(fixture.deliveries()).hasSize(told);
  }

  @Test
  @DisplayName("A huge seq counts as the head")
  void readsUpToTheHead() {
    assertThat(read(BOB, trip, -1).getReadSeq()).isEqualTo(3);
  }

  @Test
  @DisplayName("Who is no member has nothing to read, as in a conversation that does not exist")
  void hidesFromStrangers() {
    UUID private1 = given.group(ALICE);
    assertThat(fixture.refusal(() -> readCall(BOB, private1, 1))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(fixture.refusal(() -> readCall(BOB, UUID.randomUUID(), 1)))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("A removed member is not told any more, though the list was remembered with them")
  void sparesTheRemoved() {
    read(BOB, trip, 2);
    fixture.stores().remove(trip, CAROL);
    fixture.deliveries().clear();
    read(BOB, trip, 3);
    assertThat(fixture.deliveries())
        .flatExtracting(Delivery::getRecipientsList)
        .containsExactlyInAnyOrder(BOB, ALICE);
  }

  @Test
  @DisplayName("In a large group the others are not told")
  void tellsSmallGroupsOnly() {
    String[] members = IntStream.range(0, 21).mapToObj(i -> "u" + i).toArray(String[]::new);
    UUID large = given.group(members);
    given.sent(large, "u0");
    read("u1", large, 2);
    assertThat(fixture.deliveries())
        .flatExtracting(Delivery::getRecipientsList)
        .containsExactly("u1");
  }

  @Test
  @DisplayName("Delivered marks move in batches; what is wrong among them is passed over")
  void marksDelivered() {
    MarkDeliveredRequest request =
        MarkDeliveredRequest.newBuilder()
            .addMarks(delivered(trip.toString(), BOB, 2))
            .addMarks(delivered("not an id", BOB, 2))
            .addMarks(delivered(UUID.randomUUID().toString(), BOB, 2))
            .addMarks(delivered(trip.toString(), "stranger", 2))
            .build();
    fixture.run(() -> fixture.services().marks().markDelivered(by("").deadline(), request));
    assertThat(fixture.deliveries()).hasSize(1);
    Delivery told = fixture.deliveries().getFirst();
    assertThat(told.getRecipientsList()).containsExactlyInAnyOrder(ALICE, CAROL);
    assertThat(event(told).getMark().getDeliveredSeq()).isEqualTo(2);
    assertThat(event(told).getMark().getReadSeq()).isZero();
  }

  @Test
  @DisplayName(
      "What devices confirm and read is told to their user; others are told of the user once")
  void marksDevices() {
    MarkDeliveredRequest request =
        MarkDeliveredRequest.newBuilder()
            .addMarks(delivered(trip.toString(), BOB, 2).toBuilder().setDeviceId("phone"))
            .addMarks(delivered(trip.toString(), BOB, 3).toBuilder().setDeviceId("web"))
            .addMarks(delivered(trip.toString(), BOB, 1))
            .build();
    fixture.run(() -> fixture.services().marks().markDelivered(by("").deadline(), request));
    assertThat(fixture.deliveries()).hasSize(1);
    Caller phone = new Caller(BOB, "s", "phone", Optional.empty(), by(BOB).deadline());
    ReadRequest read =
        ReadRequest.newBuilder().setConversationId(trip.toString()).setSeq(2).build();
    fixture.run(() -> fixture.services().marks().read(phone, read));

    assertThat(devices(BOB).getDevicesList())
        .containsExactly(device("phone", 2, 2), device("web", 3, 0));
    assertThat(devices(ALICE).getDevicesList()).isEmpty();
    assertThat(fixture.refusal(() -> devicesCall("stranger"))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  private ConversationDevicesReply devices(String user) {
    return fixture.run(() -> devicesCall(user));
  }

  private Future<ConversationDevicesReply> devicesCall(String user) {
    ConversationDevicesRequest request =
        ConversationDevicesRequest.newBuilder().setConversationId(trip.toString()).build();
    return fixture.services().marks().devices(by(user), request);
  }

  private static DeviceMark device(String id, int delivered, int read) {
    return DeviceMark.newBuilder()
        .setDeviceId(id)
        .setDeliveredSeq(delivered)
        .setReadSeq(read)
        .build();
  }

  @Test
  @DisplayName("A badge says what is unread here and in total, with the newest of it")
  void answersBadges() {
    UUID other = given.group(ALICE, BOB);
    given.sent(other, ALICE);
    BadgesRequest request =
        BadgesRequest.newBuilder()
            .addQueries(query(trip.toString(), BOB))
            .addQueries(query(UUID.randomUUID().toString(), BOB))
            .addQueries(query("nonsense", BOB))
            .build();
    List<Badge> badges =
        fixture.run(() -> fixture.services().marks().badges(request)).getBadgesList();
    assertThat(badges).hasSize(1);
    assertThat(badges.getFirst().getUnread()).isEqualTo(2);
    assertThat(badges.getFirst().getTotalUnread()).isEqualTo(3);
    assertThat(badges.getFirst().getLastUnread().getSeq()).isEqualTo(3);
  }

  private ReadReply read(String user, UUID conversation, int seq) {
    return fixture.run(() -> readCall(user, conversation, seq));
  }

  private Future<ReadReply> readCall(String user, UUID conversation, int seq) {
    ReadRequest request =
        ReadRequest.newBuilder().setConversationId(conversation.toString()).setSeq(seq).build();
    return fixture.services().marks().read(by(user), request);
  }

  private static DeliveredMark delivered(String conversation, String user, int seq) {
    return DeliveredMark.newBuilder()
        .setConversationId(conversation)
        .setUserId(user)
        .setSeq(seq)
        .build();
  }

  private static BadgeQuery query(String conversation, String user) {
    return BadgeQuery.newBuilder().setConversationId(conversation).setUserId(user).build();
  }
}
