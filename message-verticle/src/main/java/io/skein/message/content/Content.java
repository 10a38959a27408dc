package io.skein.message.content;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * A checked content, in the form in which the log keeps it: the number of its field and its encoded
 * message are the same in {@code SendRequest} and {@code Entry}, and survive versions that do not
 * know them.
 *
 * @param type the number of the content field that the body holds
 * @param countable whether it counts as unread for the others
 * @param body the encoded content
 * @param context the encoded {@code EntryContext}; empty: none
 * @param replyTo the seq of the message that it answers; 0: none
 * @param mentions user ids that are mentioned, nobody twice; {@link #EVERYBODY} for all members
 * @param change what it does to an earlier message; empty: it is a message itself
 * @param value what it keeps beside the log; empty: nothing
 * @param lifetime when it goes by itself; empty: it stays
 */
public record Content(
    int type,
    boolean countable,
    ByteString body,
    ByteString context,
    int replyTo,
    List<String> mentions,
    Optional<EntryChange> change,
    Optional<RetainedValue> value,
    Optional<Lifetime> lifetime) {

  /** Stands for all members among the mentioned. No user id is empty. */
  public static final String EVERYBODY = "";

  /** Copies what could change. */
  public Content {
    mentions = List.copyOf(mentions);
  }

  /** A message without anything beside it. */
  public static Content message(int type, ByteString body) {
    return bare(type, true, body, Optional.empty(), Optional.empty());
  }

  static Content change(int type, ByteString body, EntryChange change) {
    return bare(type, false, body, Optional.of(change), Optional.empty());
  }

  static Content retained(int type, ByteString body, RetainedValue value) {
    return bare(type, false, body, Optional.empty(), Optional.of(value));
  }

  private static Content bare(
      int type,
      boolean countable,
      ByteString body,
      Optional<EntryChange> change,
      Optional<RetainedValue> value) {
    return new Content(
        type, countable, body, ByteString.EMPTY, 0, List.of(), change, value, Optional.empty());
  }

  /** Whether this is what the other says, so that one may stand for the other. */
  public boolean isSame(Content other) {
    return type == other.type && body.equals(other.body) && context.equals(other.context);
  }
}
