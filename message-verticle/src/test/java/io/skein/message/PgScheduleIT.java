package io.skein.message;

import static io.skein.message.Given.refusal;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.CancelScheduledRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.ListScheduledReply;
import io.skein.protocol.v1.ListScheduledRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.ScheduledMessage;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetScheduledRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A message that is to be sent later")
class PgScheduleIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private UUID tripId;
  private String trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    tripId = new Given(behind).group("alice", "bob");
    trip = tripId.toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private Future<Message> set(String user, SendRequest message, Duration in) {
    Instant at = Instant.now().plus(in);
    return here.call(
        "scheduled.set",
        user,
        SetScheduledRequest.newBuilder()
            .setMessage(message)
            .setAt(Timestamp.newBuilder().setSeconds(at.getEpochSecond()))
            .build());
  }

  private Future<Message> cancel(String user, SendRequest message) {
    return here.call(
        "scheduled.cancel",
        user,
        CancelScheduledRequest.newBuilder().setClientMsgId(message.getClientMsgId()).build());
  }

  private ListScheduledReply page(String user, String after) {
    ListScheduledRequest request =
        ListScheduledRequest.newBuilder().setAfterClientMsgId(after).build();
    return (ListScheduledReply) Given.get(here.call("scheduled.list", user, request));
  }

  private List<ScheduledMessage> list(String user) {
    List<ScheduledMessage> all = new ArrayList<>();
    ListScheduledReply page;
    do {
      page = page(user, all.isEmpty() ? "" : all.getLast().getMessage().getClientMsgId());
      all.addAll(page.getMessagesList());
    } while (page.getMore());
    return all;
  }

  private List<String> texts() {
    HistoryRequest all = HistoryRequest.newBuilder().setConversationId(trip).setLimit(200).build();
    return ((HistoryReply) Given.get(here.call("messages.history", "bob", all)))
        .getEntriesList().stream()
            .filter(Entry::hasText)
            .map(entry -> entry.getSender() + ": " + entry.getText().getBody())
            .toList();
  }

  private void pass(String interval) {
    behind.execute(
        "UPDATE message.scheduled SET look_at = look_at - interval '%1$s', send_at = send_at - interval '%1$s'"
            .formatted(interval));
  }

  @Test
  @DisplayName("Is sent once its time has come, in its sender's name, and then waits no more")
  void sends() {
    SendRequest message = toConversation(trip, "happy new year");
    Given.get(set("alice", message, HOUR));
    pass("59 minutes");
    assertThat(here.sendScheduled()).isZero();
    assertThat(list("alice")).extracting(ScheduledMessage::getMessage).containsExactly(message);

    pass("2 minutes");
    assertThat(here.sendScheduled()).isEqualTo(1);
    assertThat(texts()).containsExactly("alice: happy new year");
    assertThat(list("alice")).isEmpty();
    assertThat(here.sendScheduled()).isZero();
    assertThat(refusal(cancel("alice", message))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            here.deliveries().stream()
                .filter(delivery -> delivery.getSender().equals("alice"))
                .flatMap(delivery -> delivery.getRecipientsList().stream()))
        .as("also to the sender's devices")
        .contains("alice", "bob");
  }

  @Test
  @DisplayName("Stands in the log once, whoever dies between sending and forgetting it")
  void once() {
    SendRequest message = toConversation(trip, "once");
    Given.get(set("alice", message, HOUR));
    Given.get(here.send("alice", message));
    pass("61 minutes");
    assertThat(here.sendScheduled()).isEqualTo(1);
    assertThat(texts()).containsExactly("alice: once");
    assertThat(list("alice")).isEmpty();
  }

  @Test
  @DisplayName("Is left alone while another sends it, and sent by the next one if that one dies")
  void leased() {
    SendRequest message = toConversation(trip, "mine");
    Given.get(set("alice", message, HOUR));
    pass("61 minutes");
    Promise<SendReply> never = Promise.promise();
    Future<Integer> dying = here.sendScheduled((sender, claimed) -> never.future());
    await()
        .until(
            () ->
                behind.number("SELECT count(*) FROM message.scheduled WHERE look_at <= now()")
                    == 0);
    assertThat(here.sendScheduled()).isZero();
    assertThat(refusal(cancel("alice", message))).isEqualTo(ErrorCode.TOO_LATE);
    assertThat(refusal(set("alice", message, HOUR))).isEqualTo(ErrorCode.TOO_LATE);

    behind.execute("UPDATE message.scheduled SET look_at = look_at - interval '31 seconds'");
    assertThat(here.sendScheduled()).isEqualTo(1);
    assertThat(texts()).containsExactly("alice: mine");
    assertThat(dying.isComplete()).isFalse();
  }

  @Test
  @DisplayName("Is tried again later when the log cannot take it for now")
  void triedAgain() {
    SendRequest message = toConversation(trip, "at last");
    Given.get(set("alice", message, HOUR));
    pass("61 minutes");
    Given.get(
        here.sendScheduled(
            (sender, claimed) ->
                Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "not now"))));
    assertThat(list("alice")).extracting(ScheduledMessage::getError).containsExactly("");
    assertThat(here.sendScheduled()).isZero();
    behind.execute("UPDATE message.scheduled SET look_at = look_at - interval '31 seconds'");
    assertThat(here.sendScheduled()).isEqualTo(1);
    assertThat(texts()).containsExactly("alice: at last");
  }

  @Test
  @DisplayName("Can be replaced and cancelled by its sender as long as it waits")
  void changes() {
    SendRequest message = toConversation(trip, "8 o'clock");
    Given.get(set("alice", message, HOUR));
    SendRequest later = message.toBuilder().setText(Text.newBuilder().setBody("9 o'clock")).build();
    Given.get(set("alice", later, HOUR.multipliedBy(2)));
    Given.get(set("alice", later, HOUR.multipliedBy(2)));
    assertThat(list("alice")).extracting(ScheduledMessage::getMessage).containsExactly(later);
    assertThat(list("bob")).isEmpty();
    assertThat(refusal(cancel("bob", message))).isEqualTo(ErrorCode.NOT_FOUND);

    pass("61 minutes");
    assertThat(here.sendScheduled()).isZero();
    Given.get(cancel("alice", message));
    pass("61 minutes");
    assertThat(here.sendScheduled()).isZero();
    assertThat(texts()).isEmpty();
  }

  @Test
  @DisplayName("That is refused when its time comes says why, and is not tried again")
  void refusedLater() {
    SendRequest message = toConversation(trip, "too late");
    Given.get(set("bob", message, HOUR));
    behind.remove(tripId, "bob");
    pass("61 minutes");
    assertThat(here.sendScheduled()).isEqualTo(1);
    assertThat(list("bob")).extracting(ScheduledMessage::getError).containsExactly("not_found");
    assertThat(here.sendScheduled()).isZero();
    Given.get(cancel("bob", message));
    assertThat(list("bob")).isEmpty();
  }

  @Test
  @DisplayName("Has to be a message to somewhere, at a time to come")
  void refuses() {
    SendRequest fine = toConversation(trip, "x");
    assertThat(refusal(set("mallory", fine, HOUR))).isEqualTo(ErrorCode.NOT_FOUND);
    for (Duration in : List.of(Duration.ofSeconds(-5), Duration.ofDays(367))) {
      assertThat(refusal(set("alice", fine, in))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    Stream.of(
            fine.toBuilder().clearTo(),
            fine.toBuilder().clearContent(),
            fine.toBuilder().clearClientMsgId(),
            fine.toBuilder().setRecall(Recall.newBuilder().setSeq(1)))
        .forEach(
            wrong ->
                assertThat(refusal(set("alice", wrong.build(), HOUR)))
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT));
    SetScheduledRequest never = SetScheduledRequest.newBuilder().setMessage(fine).build();
    assertThat(refusal(here.call("scheduled.set", "alice", never)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(list("alice")).isEmpty();
  }

  @Test
  @DisplayName("Is one of a hundred of a user at most, listed in pages by their time")
  void bounded() {
    String long60 = "x".repeat(60_000);
    List<SendRequest> all =
        IntStream.range(0, 100).mapToObj(i -> toUser("bob", i + long60)).toList();
    List<Future<Message>> sets =
        IntStream.range(0, 100)
            .mapToObj(i -> set("alice", all.get(i), HOUR.plusMinutes(100 - i)))
            .toList();
    sets.forEach(Given::get);
    assertThat(refusal(set("alice", toUser("bob", "one more"), HOUR)))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(page("alice", "").getMore()).isTrue();
    assertThat(list("alice")).extracting(ScheduledMessage::getMessage).isEqualTo(all.reversed());

    pass("3 hours");
    assertThat(here.sendScheduled()).isEqualTo(100);
    assertThat(list("alice")).isEmpty();
  }
}
