package io.skein.message;

import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.message.PgStores.Transaction;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Postgres answers a statement before it commits it, and the commit itself may wait or fail: here
 * by a deferred trigger, which runs in the commit.
 */
@DisplayName("Around the commit")
class PgCommitIT {
  private static final UUID CONVERSATION = DirectPair.of("alice", "bob").conversationId();

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final SendRequest message = toUser("bob", "hi");
  private PgStores behind;
  private CutLine line;
  private PgServices services;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    line = new CutLine(loop.vertx(), database);
    services = new PgServices(loop, line.address());
  }

  @AfterEach
  void stop() {
    services.close();
    line.close();
  }

  @Test
  @DisplayName("a message is neither acknowledged nor delivered while its commit is under way")
  void acknowledgesNothingEarly() {
    duringCommit("PERFORM pg_advisory_xact_lock_shared(1)");
    Future<SendReply> reply;
    try (Transaction holder = behind.begin()) {
      holder.execute("SELECT pg_advisory_xact_lock(1)");
      reply = services.send("alice", message);
      awaitWaitingCommit();
      assertThat(reply.isComplete()).isFalse();
      assertThat(services.deliveries()).isEmpty();
    }
    assertThat(Given.get(reply).getSeq()).isEqualTo(1);
    await().until(() -> services.deliveredSeqs().contains(1));
  }

  @Test
  @DisplayName("a message whose commit fails is refused, and nothing of it is left")
  void refusesWhatFailsInTheCommit() {
    duringCommit("RAISE EXCEPTION 'not this one' USING ERRCODE = '23514'");
    Future<SendReply> reply = services.send("alice", message);
    await().until(reply::isComplete);
    assertThat(((SkeinException) reply.cause()).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(committed()).isZero();
    assertThat(services.deliveries()).isEmpty();
  }

  @Test
  @DisplayName(
      "a message whose answer was lost after the commit is answered, and delivered at once")
  void findsWhatWasCommitted() {
    connect();
    line.mute();
    Future<SendReply> reply = services.send("alice", message);
    await().until(() -> committed() == 2);
    assertThat(reply.isComplete()).isFalse();
    line.cut();
    assertThat(Given.get(reply).getSeq()).isEqualTo(2);
    await().until(() -> services.deliveredSeqs().contains(2));
    assertThat(committed()).isEqualTo(2);
    await().until(() -> Given.get(behind.outbox().pending(10)).isEmpty());
  }

  @Test
  @DisplayName("a message whose connection was lost during the commit is waited for, not repeated")
  void waitsForWhatIsNotDecided() {
    connect();
    duringCommit("PERFORM pg_advisory_xact_lock_shared(1)");
    Future<SendReply> reply;
    try (Transaction holder = behind.begin()) {
      holder.execute("SELECT pg_advisory_xact_lock(1)");
      reply = services.send("alice", message);
      awaitWaitingCommit();
      line.cut();
      assertThat(committed()).isEqualTo(1);
      assertThat(reply.isComplete()).isFalse();
    }
    assertThat(Given.get(reply).getSeq()).isEqualTo(2);
    assertThat(committed()).isEqualTo(2);
    await().until(() -> services.deliveredSeqs().contains(2));
    assertThat(services.deliveries()).extracting(Delivery::getSeq).containsOnlyOnce(1);
  }

  @Test
  @DisplayName("a group whose answer was lost after the commit is made once, and told at once")
  void tellsOfGroupsWhoseAnswerWasLost() {
    duringCommit("PERFORM pg_advisory_xact_lock_shared(1)");
    CreateConversationRequest group =
        CreateConversationRequest.newBuilder().setKind(Kind.GROUP).addMembers("bob").build();
    Future<CreateConversationReply> reply;
    try (Transaction holder = behind.begin()) {
      holder.execute("SELECT pg_advisory_xact_lock(1)");
      reply =
          loop.start(
              () -> services.services().conversations().create(ServiceFixture.by("alice"), group));
      awaitWaitingCommit();
      line.mute();
    }
    await().until(() -> number("SELECT count(*) FROM message.entry") == 1);
    line.cut();
    assertThat(Given.get(reply).getConversation().getHeadSeq()).isEqualTo(1);
    await().until(() -> services.deliveredSeqs().contains(1));
    assertThat(number("SELECT count(*) FROM message.conversation")).isEqualTo(1);
  }

  /** With the first message the lane has its connection and the conversation is there. */
  private void connect() {
    assertThat(Given.get(services.send("alice", toUser("bob", "first"))).getSeq()).isEqualTo(1);
    await().until(() -> services.deliveredSeqs().contains(1));
    await().until(() -> Given.get(behind.outbox().pending(10)).isEmpty());
  }

  private void duringCommit(String statement) {
    behind.execute(
        """
        CREATE FUNCTION message.during_commit() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN %s; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER during_commit AFTER INSERT ON message.entry
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION message.during_commit()
        """
            .formatted(statement));
  }

  private void awaitWaitingCommit() {
    await()
        .until(
            () ->
                number(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                            + " AND database = (SELECT oid FROM pg_database"
                            + " WHERE datname = current_database())")
                    == 1);
  }

  private long committed() {
    return number(
        "SELECT count(*) FROM message.entry WHERE conversation_id = '" + CONVERSATION + "'");
  }

  private long number(String sql) {
    try (Transaction look = behind.begin()) {
      return look.number(sql);
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
