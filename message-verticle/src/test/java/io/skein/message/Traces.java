package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Draft;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.ExportConversationsRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetScheduledRequest;
import io.skein.protocol.v1.Text;
import io.skein.protocol.v1.UpdateConversationRequest;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What alice leaves behind, all of it with the word "sesame"; what others say has "thyme". */
final class Traces {
  final String trip;
  String direct = "";

  private final PgServices here;
  private final PgStores behind;
  private int aliceSeq;
  private int bobSeq;
  private int bobDirect;

  Traces(PgServices here, PgStores behind) {
    this.here = here;
    this.behind = behind;
    this.trip = new Given(behind).group("alice", "bob", "carol").toString();
  }

  void everywhere() {
    bobSeq = send("bob", toConversation(trip, "thyme by bob"));
    aliceSeq =
        send(
            "alice",
            toConversation(trip, "sesame first").toBuilder()
                .setContext(EntryContext.newBuilder().setReplyToSeq(bobSeq).addMentions("carol"))
                .build());
    Text second = Text.newBuilder().setBody("sesame second").build();
    send("alice", change(Edit.newBuilder().setSeq(aliceSeq).setText(second).build()));
    react("alice", bobSeq, "sesame");
    react("alice", bobSeq, "👍");
    react("carol", bobSeq, "👍");
    react("carol", aliceSeq, "❤");
    pin(bobSeq);
    pin(aliceSeq);
    send("alice", lamp("sesame"));
    direct = Given.get(here.send("alice", toUser("bob", "sesame for bob"))).getConversationId();
    bobDirect = send("bob", toUser("alice", "thyme for alice"));
    send("carol", toUser("bob", "thyme for bob"));
    wishes();
  }

  /** What is in no log. */
  private void wishes() {
    Draft draft = Draft.newBuilder().setText("sesame dra").build();
    call(
        "conversations.configure",
        "alice",
        ConfigureRequest.newBuilder().setConversationId(trip).setDraft(draft).build());
    call(
        "members.createCode",
        "alice",
        CreateCodeRequest.newBuilder().setConversationId(trip).build());
    Instant later = Instant.now().plus(Duration.ofDays(1));
    call(
        "scheduled.set",
        "alice",
        SetScheduledRequest.newBuilder()
            .setMessage(toUser("bob", "sesame later"))
            .setAt(Timestamp.newBuilder().setSeconds(later.getEpochSecond()))
            .build());
    String club =
        ((CreateConversationReply)
                call(
                    "conversations.create",
                    "dora",
                    CreateConversationRequest.newBuilder()
                        .setKind(Kind.CHANNEL)
                        .setTitle("club")
                        .build()))
            .getConversation()
            .getConversationId();
    call(
        "conversations.update",
        "dora",
        UpdateConversationRequest.newBuilder().setConversationId(club).setApproval(true).build());
    call(
        "members.join",
        "alice",
        JoinRequest.newBuilder().setConversationId(club).setMessage("open, sesame").build());
  }

  SendRequest reaction(int seq, String key) {
    Reaction reaction = Reaction.newBuilder().setSeq(seq).setKey(key).build();
    return toConversation(trip, "").toBuilder().setReaction(reaction).build();
  }

  private void react(String user, int seq, String key) {
    send(user, reaction(seq, key));
  }

  private void pin(int seq) {
    Pin pin = Pin.newBuilder().setSeq(seq).build();
    send("alice", toConversation(trip, "").toBuilder().setPin(pin).build());
  }

  private SendRequest change(Edit edit) {
    return toConversation(trip, "").toBuilder().setEdit(edit).build();
  }

  SendRequest lamp(String data) {
    Retained value =
        Retained.newBuilder()
            .setKey("lamp")
            .setCustom(Custom.newBuilder().setType("state").setData(data))
            .build();
    return toConversation(trip, "").toBuilder().setRetained(value).build();
  }

  SendRequest recallOfBobsDirect() {
    Recall recall = Recall.newBuilder().setSeq(bobDirect).build();
    return toConversation(direct, "").toBuilder().setRecall(recall).build();
  }

  int says(String body) {
    return send("alice", toConversation(trip, body));
  }

  private int send(String from, SendRequest request) {
    SendReply reply = Given.get(here.send(from, request));
    return reply.getSeq();
  }

  private Message call(String method, String user, Message request) {
    return Given.get(here.call(method, user, request));
  }

  Entry ofBob(List<Entry> log) {
    return log.get(bobSeq - 1);
  }

  Entry ofAlice(List<Entry> log) {
    return log.get(aliceSeq - 1);
  }

  /** All that alice may take along, as lines of JSON. */
  List<String> export(int limit) {
    List<String> lines = new ArrayList<>();
    String cursor = "";
    ExportReply page;
    do {
      page = (ExportReply) Given.get(page(cursor, limit));
      page.getLinesList().forEach(line -> lines.add(new String(JsonCodec.encode(line), UTF_8)));
      cursor = page.getCursor();
    } while (page.getMore());
    return lines;
  }

  Future<Message> page(String cursor, int limit) {
    return here.call(
        "conversations.export",
        "alice",
        ExportConversationsRequest.newBuilder().setCursor(cursor).setLimit(limit).build());
  }

  /** The columns of all tables that hold a word. */
  List<String> tablesWith(String word) {
    List<String> found = new ArrayList<>();
    for (String column : columns()) {
      String[] parts = column.split(" ", -1);
      String holds =
          parts[2].equals("bytea")
              ? "position('%s'::bytea IN %s) > 0".formatted(word, parts[1])
              : "position('%s' IN %s::text) > 0".formatted(word, parts[1]);
      long rows =
          behind.number("SELECT count(*) FROM message.%s WHERE %s".formatted(parts[0], holds));
      if (rows > 0) {
        found.add(parts[0] + "." + parts[1]);
      }
    }
    return found;
  }

  private List<String> columns() {
    try (PgStores.Transaction open = behind.begin();
        var statement = open.connection().createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT table_name || ' ' || column_name || ' ' || udt_name
                FROM information_schema.columns WHERE table_schema = 'message'
                  AND udt_name IN ('text', '_text', 'varchar', 'bytea', 'tsvector', 'json', 'jsonb')
                """)) {
      List<String> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
      return columns;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
