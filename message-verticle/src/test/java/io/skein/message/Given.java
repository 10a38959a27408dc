package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.message.ConversationStore.NewConversation;
import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.NewMark;
import io.skein.message.MarkStore.Place;
import io.skein.message.content.Content;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Short words for what tests of the stores do again and again. */
final class Given {
  static final int TEXT = 10;
  static final int CREATED = 20;
  static final UUID BOOT = UUID.randomUUID();

  private final Stores stores;

  Given(Stores stores) {
    this.stores = stores;
  }

  /** A group of users; the first one owns it. Its log starts with seq 1, which is not counted. */
  UUID group(String... members) {
    UUID id = UUID.randomUUID();
    get(stores.conversations().create(newGroup(id, "Trip", members)));
    return id;
  }

  static NewConversation newGroup(UUID id, String title, String... members) {
    return new NewConversation(
        UUID.randomUUID(),
        BOOT,
        id,
        Kind.GROUP,
        title,
        members[0],
        List.of(members),
        CREATED,
        encoded("made"));
  }

  Outcome.Stored sent(Draft draft) {
    return (Outcome.Stored) append(draft).getFirst();
  }

  Outcome.Stored sent(UUID conversation, String sender) {
    return sent(text(conversation, sender, "hi"));
  }

  List<Outcome> append(Draft... drafts) {
    return get(stores.entries().append(new Batch(UUID.randomUUID(), BOOT, Arrays.asList(drafts))));
  }

  MarkResult read(UUID conversation, String user, int seq) {
    return get(stores.marks().read(List.of(mark(conversation, user, seq)))).getFirst();
  }

  MarkResult delivered(UUID conversation, String user, int seq) {
    return get(stores.marks().delivered(List.of(mark(conversation, user, seq)))).getFirst();
  }

  /** Asserts where the marks stand. */
  static Consumer<MarkResult> marked(int readSeq, int deliveredSeq, int unread, boolean moved) {
    return result -> {
      MarkResult.Marked marks = (MarkResult.Marked) result;
      assertThat(
              List.of(marks.readSeq(), marks.deliveredSeq(), marks.unread(), marks.moved() ? 1 : 0))
          .containsExactly(readSeq, deliveredSeq, unread, moved ? 1 : 0);
    };
  }

  static NewMark mark(UUID conversation, String user, int seq) {
    return new NewMark(new Place(conversation, user), seq);
  }

  int unread(UUID conversation, String user) {
    return get(stores.conversations().view(conversation, user)).orElseThrow().unread();
  }

  List<Integer> seqs(UUID conversation, String user) {
    return history(conversation, user).stream().map(Entry::seq).toList();
  }

  List<Entry> history(UUID conversation, String user) {
    var all = new EntryStore.Range(1, Integer.MAX_VALUE, false, 100_000, Integer.MAX_VALUE);
    return get(stores.entries().history(conversation, user, all)).orElseThrow().entries();
  }

  static Draft text(UUID conversation, String sender, String body) {
    return text(conversation, sender, UUID.randomUUID(), body);
  }

  static Draft text(UUID conversation, String sender, UUID clientMsgId, String body) {
    return new Draft(
        conversation,
        Optional.empty(),
        sender,
        clientMsgId,
        Content.message(TEXT, encoded(body)),
        Optional.empty(),
        "");
  }

  private static ByteString encoded(String body) {
    return Text.newBuilder().setBody(body).build().toByteString();
  }

  static String bodyOf(Entry entry) {
    return bodyOf(entry.body());
  }

  static String bodyOf(ByteString encoded) {
    try {
      return Text.parseFrom(encoded).getBody();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static Draft uncounted(UUID conversation, String sender) {
    Draft draft = text(conversation, sender, "title");
    return new Draft(
        conversation,
        draft.direct(),
        sender,
        draft.clientMsgId(),
        new Content(
            TEXT + 1,
            false,
            draft.content().body(),
            ByteString.EMPTY,
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        draft.after(),
        "");
  }

  static Draft after(UUID predecessor, Draft draft) {
    return new Draft(
        draft.conversationId(),
        draft.direct(),
        draft.sender(),
        draft.clientMsgId(),
        draft.content(),
        Optional.of(predecessor),
        "");
  }

  static Draft direct(String sender, String peer) {
    DirectPair pair = DirectPair.of(sender, peer);
    Draft draft = text(pair.conversationId(), sender, "hello");
    return new Draft(
        draft.conversationId(),
        Optional.of(pair),
        sender,
        draft.clientMsgId(),
        draft.content(),
        Optional.empty(),
        "");
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in 60 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The error with which a call fails; it must not succeed. */
  static ErrorCode refusal(Future<?> call) {
    await().until(call::isComplete);
    assertThat(call.cause()).isInstanceOf(SkeinException.class);
    return ((SkeinException) call.cause()).code();
  }
}
