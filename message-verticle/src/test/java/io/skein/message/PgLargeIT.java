package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.message.Outbox.Wakeup;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.Membership;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group of 2,500; user0 owns it. */
@DisplayName("Large conversations in Postgres")
class PgLargeIT {
  private static final int MEMBERS = 2_500;

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final List<Delivery> told = new ArrayList<>();
  private PgStores behind;
  private PgServices here;
  private Given given;
  private UUID fairId;
  private String fair;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    given = new Given(behind);
    fairId =
        given.group(IntStream.range(0, MEMBERS).mapToObj(i -> "user" + i).toArray(String[]::new));
    fair = fairId.toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  // --- who is a member ------------------------------------------------------------------------

  @Test
  @DisplayName("Of users that are asked for, the members are told, and nothing of the others")
  void members() {
    MembershipsReply reply = ask(0, "user7", "nobody", "user1999");
    assertThat(reply.getMembershipsList())
        .containsExactlyInAnyOrder(membership("user7", 0, 0), membership("user1999", 0, 0));
    assertThat(reply.getVersion()).isEqualTo(version());
  }

  @Test
  @DisplayName("Who came and went since a version is told, whoever is asked for")
  void changes() {
    int before = version();
    call("members.invite", invite("zoe"));
    int joined = version();
    call("members.remove", remove("user7", "user8"));
    int head = (int) behind.number("SELECT last_seq FROM message.conversation");

    assertThat(ask(before, "user9").getMembershipsList())
        .containsExactlyInAnyOrder(
            membership("user9", 0, 0),
            membership("zoe", head - 2, 0),
            membership("user7", 0, head),
            membership("user8", 0, head));
    assertThat(ask(joined).getMembershipsList()).extracting(Membership::getUserId).hasSize(2);
    assertThat(ask(version()).getMembershipsList()).isEmpty();

    call("members.invite", invite("user7"));
    assertThat(ask(joined, "user7").getMembershipsList())
        .contains(membership("user7", head, 0))
        .doesNotContain(membership("user7", 0, head));
  }

  @Test
  @DisplayName("Where too much has changed, everything is to be asked for anew")
  void tooManyChanges() {
    int before = version();
    for (int from = 0; from < 1_100; from += 100) {
      call(
          "members.remove",
          remove(
              IntStream.range(from + 1, from + 101)
                  .mapToObj(i -> "user" + i)
                  .toArray(String[]::new)));
    }
    MembershipsReply reply = ask(before, "user2000");
    assertThat(reply.getReset()).isTrue();
    assertThat(reply.getMembershipsList()).isEmpty();
    assertThat(ask(0, "user2000").getMembershipsList()).hasSize(1);
  }

  @Test
  @DisplayName("Of a conversation that is not there nothing is known")
  void unknown() {
    MembershipsRequest request =
        MembershipsRequest.newBuilder().setConversationId(UUID.randomUUID().toString()).build();
    assertThat(refusal(() -> here.memberships(request))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  // --- who is to be notified ------------------------------------------------------------------

  @Test
  @DisplayName("Everybody is looked for who can see the entry and has it on no device")
  void looksForEverybody() {
    given.delivered(fairId, "user3", given.sent(fairId, "user0").seq());
    behind.remove(fairId, "user4");
    note(2, "user0");

    assertThat(wake(this::tell)).isEqualTo(1);
    List<String> users = told.stream().flatMap(one -> one.getRecipientsList().stream()).toList();
    assertThat(users)
        .hasSize(MEMBERS - 3)
        .doesNotHaveDuplicates()
        .doesNotContain("user0", "user3", "user4");
    assertThat(told).hasSize(3).allMatch(Delivery::getAbsentOnly).allMatch(d -> d.getSeq() == 2);
    assertThat(told).extracting(Delivery::getConversationId).containsOnly(fair);
    assertThat(waiting()).isZero();
    assertThat(wake(this::tell)).isZero();
  }

  @Test
  @DisplayName("What is said during a walk is told by another one, all of it at once")
  void nextWalk() {
    given.sent(fairId, "user0");
    note(2, "user0");
    Promise<Void> gate = Promise.promise();
    Future<Integer> walk = here.wake(all -> tell(all).compose(told -> gate.future()));
    await().until(this::isWalking);
    given.sent(fairId, "user1");
    given.sent(fairId, "user1");
    note(3, "user1");
    note(4, "user1");
    gate.complete();
    Given.get(walk);
    assertThat(told).extracting(Delivery::getSeq).containsOnly(2);
    assertThat(waiting()).isEqualTo(1);
    told.clear();
    rested();
    wake(this::tell);
    assertThat(told).extracting(Delivery::getSeq).containsOnly(4);
    assertThat(told).extracting(Delivery::getSender).containsOnly("user1");
    assertThat(waiting()).isZero();
  }

  @Test
  @DisplayName("An older entry that is noted late changes nothing")
  void lateNote() {
    note(4, "user1");
    note(3, "user0");
    wake(this::tell);
    assertThat(told).extracting(Delivery::getSeq).containsOnly(4);
  }

  @Test
  @DisplayName("Only one walks at a time; who fails is followed from the beginning")
  void fails() {
    note(1, "user0");
    Promise<Void> gate = Promise.promise();
    Future<Integer> first = here.wake(all -> gate.future());
    await().until(this::isWalking);
    assertThat(wake(this::tell)).isZero();
    gate.fail("the sessions are away");
    await().until(first::isComplete);
    assertThat(first.failed()).isTrue();
    assertThat(waiting()).isEqualTo(1);
    rested();
    assertThat(wake(this::tell)).isEqualTo(1);
    assertThat(told).hasSize(3);
  }

  private Future<Void> tell(List<Delivery> all) {
    told.addAll(all);
    return Future.succeededFuture();
  }

  private int wake(Function<List<Delivery>, Future<Void>> deliver) {
    return Given.get(here.wake(deliver));
  }

  private void note(int seq, String sender) {
    Given.get(
        behind.outbox().done(List.of(UUID.randomUUID()), List.of(new Wakeup(fairId, seq, sender))));
  }

  private boolean isWalking() {
    return behind.number("SELECT count(*) FROM message.wakeup WHERE look_at > now()") == 1;
  }

  private long waiting() {
    return behind.number("SELECT count(*) FROM message.wakeup");
  }

  private void rested() {
    behind.execute("UPDATE message.wakeup SET look_at = now()");
  }

  private int version() {
    return (int) behind.number("SELECT members_seq FROM message.conversation");
  }

  private MembershipsReply ask(int since, String... users) {
    return here.memberships(
        MembershipsRequest.newBuilder()
            .setConversationId(fair)
            .setSinceVersion(since)
            .addAllUserIds(List.of(users))
            .build());
  }

  private static ErrorCode refusal(Runnable asking) {
    try {
      asking.run();
    } catch (RuntimeException failure) {
      Throwable cause = failure instanceof SkeinException ? failure : failure.getCause();
      return ((SkeinException) cause).code();
    }
    throw new AssertionError("nothing was refused");
  }

  private static Membership membership(String user, int joinedSeq, int leftSeq) {
    return Membership.newBuilder()
        .setUserId(user)
        .setJoinedSeq(joinedSeq)
        .setLeftSeq(leftSeq)
        .build();
  }

  private void call(String method, Message request) {
    Given.get(here.call(method, "user0", request));
  }

  private InviteRequest invite(String... users) {
    return InviteRequest.newBuilder().setConversationId(fair).addAllUserIds(List.of(users)).build();
  }

  private RemoveMembersRequest remove(String... users) {
    return RemoveMembersRequest.newBuilder()
        .setConversationId(fair)
        .addAllUserIds(List.of(users))
        .build();
  }
}
