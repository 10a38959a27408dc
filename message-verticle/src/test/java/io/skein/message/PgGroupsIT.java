package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.DecideRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.InviteReply;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinReply;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.JoinRequestsReply;
import io.skein.protocol.v1.JoinRequestsRequest;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.LookupCodeReply;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.Member;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MembersChanged.Change;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.MuteMemberRequest;
import io.skein.protocol.v1.PendingJoin;
import io.skein.protocol.v1.RemoveMembersReply;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.RevokeCodeRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetRoleRequest;
import io.skein.protocol.v1.UpdateConversationRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice owns the group that each test begins with; bob and carol are members. */
@DisplayName("Groups and channels, in Postgres")
class PgGroupsIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private PgServices there;
  private Given given;
  private String trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    there = new PgServices(loop, database);
    given = new Given(behind);
    trip = given.group("alice", "bob", "carol").toString();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private <R extends Message> R call(String method, String user, Message request, Class<R> reply) {
    return reply.cast(Given.get(here.call(method, user, request)));
  }

  private void done(String method, String user, Message request) {
    Given.get(here.call(method, user, request));
  }

  private void refused(ErrorCode code, String method, String user, Message request) {
    int head = head("alice");
    assertThat(refusal(here.call(method, user, request))).as(method).isEqualTo(code);
    assertThat(head("alice")).isEqualTo(head);
  }

  private static ErrorCode refusal(Future<?> call) {
    await().until(call::isComplete);
    assertThat(call.cause()).isInstanceOf(SkeinException.class);
    return ((SkeinException) call.cause()).code();
  }

  private InviteRequest invite(String... users) {
    return InviteRequest.newBuilder().setConversationId(trip).addAllUserIds(List.of(users)).build();
  }

  private RemoveMembersRequest remove(String... users) {
    return RemoveMembersRequest.newBuilder()
        .setConversationId(trip)
        .addAllUserIds(List.of(users))
        .build();
  }

  private SetRoleRequest role(String user, Role role) {
    return SetRoleRequest.newBuilder()
        .setConversationId(trip)
        .setUserId(user)
        .setRole(role)
        .build();
  }

  private LeaveRequest leave() {
    return LeaveRequest.newBuilder().setConversationId(trip).build();
  }

  private UpdateConversationRequest.Builder update() {
    return UpdateConversationRequest.newBuilder().setConversationId(trip);
  }

  private int say(String user, String text) {
    return Given.get(here.send(user, toConversation(trip, text))).getSeq();
  }

  private List<Entry> history(String user) {
    HistoryRequest all =
        HistoryRequest.newBuilder().setConversationId(trip).setAfterSeq(0).setLimit(200).build();
    return loop.run(() -> here.services().messages().history(ServiceFixture.by(user), all))
        .getEntriesList();
  }

  private int head(String user) {
    return history(user).getLast().getSeq();
  }

  private Conversation view(String user) {
    GetConversationRequest get =
        GetConversationRequest.newBuilder().setConversationId(trip).build();
    return loop.run(() -> here.services().conversations().get(ServiceFixture.by(user), get))
        .getConversation();
  }

  private List<Member> members(String user) {
    return call(
            "conversations.members",
            user,
            MembersRequest.newBuilder().setConversationId(trip).build(),
            MembersReply.class)
        .getMembersList();
  }

  @Test
  @DisplayName("Who is invited sees what follows, with nothing unread; everybody is told")
  void invites() {
    say("alice", "before");
    InviteReply reply =
        call("members.invite", "bob", invite("dora", "carol", "dora"), InviteReply.class);
    assertThat(reply.getAddedList()).containsExactly("dora");
    Entry entry = history("alice").getLast();
    assertThat(entry.getSender()).isEqualTo("bob");
    assertThat(entry.getMembersChanged())
        .satisfies(
            change -> {
              assertThat(change.getChange()).isEqualTo(Change.INVITED);
              assertThat(change.getUserIdsList()).containsExactly("dora");
            });
    await().until(() -> here.deliveredSeqs().contains(entry.getSeq()));
    assertThat(here.deliveries())
        .filteredOn(delivery -> delivery.getSeq() == entry.getSeq())
        .singleElement()
        .satisfies(
            delivery ->
                assertThat(delivery.getRecipientsList())
                    .containsExactlyInAnyOrder("alice", "bob", "carol", "dora"));

    assertThat(history("dora")).extracting(Entry::getSeq).containsExactly(entry.getSeq());
    assertThat(view("dora").getUnread()).isZero();
    say("alice", "after");
    assertThat(view("dora").getUnread()).isEqualTo(1);
    assertThat(view("dora").getMemberCount()).isEqualTo(4);
    assertThat(call("members.invite", "bob", invite("dora"), InviteReply.class).getAddedList())
        .isEmpty();
    assertThat(head("alice")).isEqualTo(entry.getSeq() + 1);
  }

  @Test
  @DisplayName("With full history, who comes sees all of it, and still has nothing unread")
  void fullHistory() {
    say("alice", "before");
    done("conversations.update", "alice", update().setFullHistory(true).build());
    done("members.invite", "alice", invite("dora"));
    assertThat(history("dora")).extracting(Entry::getSeq).startsWith(1, 2, 3);
    assertThat(view("dora").getUnread()).isZero();
    assertThat(view("dora").getGroup().getFullHistory()).isTrue();
  }

  @Test
  @DisplayName("Invitations that cannot be are refused, and nobody is let in")
  void refusesInvitations() {
    refused(ErrorCode.NOT_FOUND, "members.invite", "alice", invite("dora", "nobody"));
    refused(ErrorCode.NOT_FOUND, "members.invite", "mallory", invite("dora"));
    refused(ErrorCode.INVALID_ARGUMENT, "members.invite", "alice", invite());
    refused(ErrorCode.INVALID_ARGUMENT, "members.invite", "alice", invite("d\nora"));
    String[] many = IntStream.range(0, 501).mapToObj(i -> "u" + i).toArray(String[]::new);
    refused(ErrorCode.TOO_LARGE, "members.invite", "alice", invite(many));
    behind.execute("UPDATE message.conversation SET member_count = 100000");
    refused(ErrorCode.TOO_LARGE, "members.invite", "alice", invite("dora"));
    behind.execute("UPDATE message.conversation SET member_count = 3");
    done("conversations.update", "alice", update().setInviteRole(Role.ADMIN).build());
    refused(ErrorCode.PERMISSION_DENIED, "members.invite", "bob", invite("dora"));
    assertThat(members("bob")).extracting(Member::getUserId).doesNotContain("dora");
  }

  @Test
  @DisplayName("Who was removed sees its removal and nothing after it, by no way")
  void removes() {
    done("members.setRole", "alice", role("bob", Role.ADMIN));
    SendRequest early = toConversation(trip, "early");
    SendReply stored = Given.get(here.send("carol", early));
    RemoveMembersReply reply =
        call("members.remove", "bob", remove("carol", "dora"), RemoveMembersReply.class);
    assertThat(reply.getRemovedList()).containsExactly("carol");
    int removal = head("alice");
    say("alice", "secret");

    assertThat(history("carol")).extracting(Entry::getSeq).endsWith(removal);
    assertThat(refusal(here.send("carol", toConversation(trip, "me"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(Given.get(here.send("carol", early))).as("a repetition").isEqualTo(stored);
    refused(ErrorCode.NOT_FOUND, "conversations.members", "carol", membersRequest());
    await().until(() -> here.deliveredSeqs().contains(removal + 1));
    assertThat(here.deliveries())
        .filteredOn(delivery -> delivery.getSeq() == removal + 1)
        .noneMatch(delivery -> delivery.getRecipientsList().contains("carol"))
        .isNotEmpty();
    assertThat(here.deliveries())
        .filteredOn(delivery -> delivery.getSeq() == removal)
        .anyMatch(delivery -> delivery.getRecipientsList().contains("carol"));

    done("members.invite", "alice", invite("carol"));
    assertThat(history("carol")).extracting(Entry::getSeq).containsExactly(removal + 2);
    assertThat(view("carol").getUnread()).isZero();
    say("bob", "welcome back");
    assertThat(view("carol").getUnread()).isEqualTo(1);
  }

  private MembersRequest membersRequest() {
    return MembersRequest.newBuilder().setConversationId(trip).build();
  }

  @Test
  @DisplayName("Nobody removes, mutes or promotes above their role")
  void keepsRanks() {
    refused(ErrorCode.PERMISSION_DENIED, "members.remove", "bob", remove("carol"));
    refused(ErrorCode.PERMISSION_DENIED, "members.setRole", "bob", role("bob", Role.ADMIN));
    done("members.setRole", "alice", role("bob", Role.ADMIN));
    done("members.setRole", "alice", role("carol", Role.ADMIN));
    refused(ErrorCode.PERMISSION_DENIED, "members.remove", "bob", remove("carol"));
    refused(ErrorCode.PERMISSION_DENIED, "members.remove", "carol", remove("bob"));
    refused(ErrorCode.PERMISSION_DENIED, "members.remove", "bob", remove("alice"));
    refused(ErrorCode.PERMISSION_DENIED, "members.setRole", "bob", role("carol", Role.MEMBER));
    refused(ErrorCode.CONFLICT, "members.setRole", "alice", role("alice", Role.MEMBER));
    refused(ErrorCode.NOT_FOUND, "members.setRole", "alice", role("dora", Role.ADMIN));
    refused(ErrorCode.INVALID_ARGUMENT, "members.setRole", "alice", role("bob", Role.UNKNOWN));
    refused(ErrorCode.NOT_FOUND, "members.remove", "mallory", remove("carol"));
  }

  @Test
  @DisplayName("The owner hands over before leaving; the last one just leaves")
  void handsOver() {
    refused(ErrorCode.CONFLICT, "members.leave", "alice", leave());
    done("members.setRole", "alice", role("bob", Role.OWNER));
    assertThat(members("alice"))
        .extracting(Member::getUserId, Member::getRole)
        .containsExactly(
            tuple("alice", Role.ADMIN), tuple("bob", Role.OWNER), tuple("carol", Role.MEMBER));
    done("members.leave", "alice", leave());
    done("members.leave", "carol", leave());
    done("members.leave", "bob", leave());
    assertThat(history("bob").getLast().getMembersChanged().getChange()).isEqualTo(Change.LEFT);
  }

  @Test
  @DisplayName("Removing somebody and handing over to them at the same moment: only one happens")
  void removesOrHandsOver() {
    for (int round = 0; round < 10; round++) {
      trip = given.group("alice", "bob", "carol").toString();
      done("members.setRole", "alice", role("bob", Role.ADMIN));
      done("members.setRole", "alice", role("carol", Role.ADMIN));
      done("members.setRole", "alice", role("bob", Role.OWNER));
      Future<Message> one = here.call("members.remove", "bob", remove("alice"));
      Future<Message> other = there.call("members.setRole", "bob", role("alice", Role.OWNER));
      await().until(() -> one.isComplete() && other.isComplete());
      assertThat(List.of(one.succeeded(), other.succeeded())).containsOnlyOnce(true);
      assertThat(members("carol").stream().filter(it -> it.getRole() == Role.OWNER)).hasSize(1);
    }
  }

  @Test
  @DisplayName("Who is muted does not speak until the time is over or it is ended")
  void mutes() {
    MuteMemberRequest mute =
        MuteMemberRequest.newBuilder()
            .setConversationId(trip)
            .setUserId("bob")
            .setSeconds(3600)
            .build();
    refused(ErrorCode.PERMISSION_DENIED, "members.mute", "carol", mute);
    done("members.mute", "alice", mute);
    assertThat(refusal(here.send("bob", toConversation(trip, "but"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    assertThat(view("bob").getGroup().hasMutedUntil()).isTrue();
    done("members.mute", "alice", mute.toBuilder().setSeconds(0).build());
    say("bob", "thanks");
    refused(
        ErrorCode.INVALID_ARGUMENT,
        "members.mute",
        "alice",
        mute.toBuilder().setSeconds(31_536_001).build());
  }

  @Test
  @DisplayName("Title and settings are changed by those who may, and only changes are told")
  void updates() {
    done("conversations.update", "bob", update().setTitle("Journey").build());
    assertThat(view("carol").getTitle()).isEqualTo("Journey");
    int head = head("alice");
    done("conversations.update", "bob", update().setTitle("Journey").build());
    assertThat(head("alice")).isEqualTo(head);

    refused(
        ErrorCode.PERMISSION_DENIED,
        "conversations.update",
        "bob",
        update().setAnnouncement("mine").build());
    done(
        "conversations.update",
        "alice",
        update()
            .setAnnouncement("Read\nthis")
            .setAvatarUrl("https://example.com/a.png")
            .setPostRole(Role.ADMIN)
            .build());
    assertThat(view("bob").getGroup())
        .satisfies(
            group -> {
              assertThat(group.getRole()).isEqualTo(Role.MEMBER);
              assertThat(group.getAnnouncement()).isEqualTo("Read\nthis");
              assertThat(group.getAvatarUrl()).isEqualTo("https://example.com/a.png");
              assertThat(group.getPostRole()).isEqualTo(Role.ADMIN);
            });
    assertThat(refusal(here.send("bob", toConversation(trip, "no"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    for (UpdateConversationRequest.Builder wrong :
        List.of(
            update().setTitle("x".repeat(10_000)),
            update().setTitle("a\nb"),
            update().setAvatarUrl("javascript:alert(1)"),
            update().setAnnouncement("x".repeat(2001)),
            update().setPostRole(Role.OWNER))) {
      refused(ErrorCode.INVALID_ARGUMENT, "conversations.update", "alice", wrong.build());
    }
  }

  @Test
  @DisplayName("A code lets in as many as it says, as long as it says, until it is revoked")
  void codes() {
    CreateCodeRequest create =
        CreateCodeRequest.newBuilder().setConversationId(trip).setMaxUses(1).build();
    refused(ErrorCode.PERMISSION_DENIED, "members.createCode", "bob", create);
    String code = call("members.createCode", "alice", create, CreateCodeReply.class).getCode();
    assertThat(code).hasSize(26);
    LookupCodeRequest lookup = LookupCodeRequest.newBuilder().setCode(code).build();
    assertThat(call("members.lookup", "dora", lookup, LookupCodeReply.class))
        .satisfies(
            found -> {
              assertThat(found.getConversationId()).isEqualTo(trip);
              assertThat(found.getTitle()).isEqualTo("Trip");
              assertThat(found.getMemberCount()).isEqualTo(3);
              assertThat(found.getMember()).isFalse();
            });
    JoinRequest join = JoinRequest.newBuilder().setConversationId(trip).setCode(code).build();
    refused(ErrorCode.NOT_FOUND, "members.join", "dora", join.toBuilder().clearCode().build());
    refused(ErrorCode.NOT_FOUND, "members.join", "dora", join.toBuilder().setCode("X").build());
    done("members.join", "bob", join);
    assertThat(call("members.join", "dora", join, JoinReply.class).getConversation().getTitle())
        .isEqualTo("Trip");
    done("members.join", "dora", join);
    refused(ErrorCode.NOT_FOUND, "members.join", "erin", join);

    String next =
        call(
                "members.createCode",
                "alice",
                create.toBuilder().clearMaxUses().build(),
                CreateCodeReply.class)
            .getCode();
    done(
        "members.revokeCode",
        "alice",
        RevokeCodeRequest.newBuilder().setConversationId(trip).build());
    refused(ErrorCode.NOT_FOUND, "members.join", "erin", join.toBuilder().setCode(next).build());
    refused(
        ErrorCode.NOT_FOUND,
        "members.lookup",
        "erin",
        LookupCodeRequest.newBuilder().setCode(next).build());
  }

  @Test
  @DisplayName("With approval, who wants in waits until an admin decides")
  void approves() {
    done("conversations.update", "alice", update().setApproval(true).build());
    String code =
        call(
                "members.createCode",
                "alice",
                CreateCodeRequest.newBuilder().setConversationId(trip).build(),
                CreateCodeReply.class)
            .getCode();
    JoinRequest join =
        JoinRequest.newBuilder()
            .setConversationId(trip)
            .setCode(code)
            .setMessage("let me in")
            .build();
    assertThat(call("members.join", "dora", join, JoinReply.class).getPending()).isTrue();
    assertThat(call("members.join", "erin", join, JoinReply.class).getPending()).isTrue();
    JoinRequestsRequest waiting = JoinRequestsRequest.newBuilder().setConversationId(trip).build();
    refused(ErrorCode.PERMISSION_DENIED, "members.requests", "bob", waiting);
    assertThat(
            call("members.requests", "alice", waiting, JoinRequestsReply.class).getRequestsList())
        .extracting(PendingJoin::getUserId, PendingJoin::getMessage)
        .containsExactly(tuple("dora", "let me in"), tuple("erin", "let me in"));

    DecideRequest yes =
        DecideRequest.newBuilder()
            .setConversationId(trip)
            .setUserId("dora")
            .setAccept(true)
            .build();
    refused(ErrorCode.PERMISSION_DENIED, "members.decide", "bob", yes);
    done("members.decide", "alice", yes);
    done("members.decide", "alice", yes);
    done("members.decide", "alice", yes.toBuilder().setUserId("erin").setAccept(false).build());
    refused(
        ErrorCode.NOT_FOUND, "members.decide", "alice", yes.toBuilder().setUserId("erin").build());
    assertThat(members("alice"))
        .extracting(Member::getUserId)
        .containsExactly("alice", "bob", "carol", "dora");
  }

  @Test
  @DisplayName("A channel is open to all, and only its admins speak")
  void channels() {
    CreateConversationRequest create =
        CreateConversationRequest.newBuilder().setKind(Kind.CHANNEL).setTitle("News").build();
    trip =
        loop.run(() -> here.services().conversations().create(ServiceFixture.by("alice"), create))
            .getConversation()
            .getConversationId();
    JoinRequest join = JoinRequest.newBuilder().setConversationId(trip).build();
    assertThat(call("members.join", "bob", join, JoinReply.class).getConversation().getKind())
        .isEqualTo(Kind.CHANNEL);
    assertThat(refusal(here.send("bob", toConversation(trip, "hi"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    say("alice", "news");
    assertThat(view("bob").getUnread()).isEqualTo(1);
    refused(
        ErrorCode.NOT_FOUND,
        "members.join",
        "bob",
        join.toBuilder().setConversationId(UUID.randomUUID().toString()).build());
  }

  @Test
  @DisplayName("A direct conversation keeps the members that it has")
  void direct() {
    SendReply sent = Given.get(here.send("alice", ServiceFixture.toUser("bob", "hi")));
    trip = sent.getConversationId();
    refused(ErrorCode.PERMISSION_DENIED, "members.invite", "alice", invite("carol"));
    refused(ErrorCode.PERMISSION_DENIED, "members.leave", "bob", leave());
    refused(
        ErrorCode.NOT_FOUND,
        "members.join",
        "carol",
        JoinRequest.newBuilder().setConversationId(trip).build());
  }

  @Test
  @DisplayName("A change waits for whoever holds the lock, and messages keep their order around it")
  void amongMessages() {
    List<Future<SendReply>> before =
        here.sendTogether("bob", List.of(toConversation(trip, "1"), toConversation(trip, "2")));
    Future<Message> change = there.call("members.invite", "alice", invite("dora"));
    List<Future<SendReply>> after =
        here.sendTogether("bob", List.of(toConversation(trip, "3"), toConversation(trip, "4")));
    before.forEach(Given::get);
    after.forEach(Given::get);
    Given.get(change);
    assertThat(history("bob")).extracting(Entry::getSeq).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(history("bob"))
        .extracting(entry -> entry.getText().getBody())
        .filteredOn(body -> !body.isEmpty())
        .containsExactly("1", "2", "3", "4");
  }
}
