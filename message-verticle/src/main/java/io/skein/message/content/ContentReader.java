package io.skein.message.content;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.SendRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads and checks what a client wants to send. */
public final class ContentReader {
  private static final int MAX_MENTIONS = 50;
  private static final int LONGEST_LIFE = 366 * 24 * 3600;
  private static final int MAX_REACTION_KEY = 32;
  private static final int MAX_RETAINED_KEY = 64;
  private static final OneofDescriptor CONTENT = contentOf(SendRequest.getDescriptor());
  private static final OneofDescriptor EDITED = contentOf(Edit.getDescriptor());

  private final MessageChecks checks;

  /**
   * A reader.
   *
   * @param maxBodyBytes of a text and of all that a forwarded bundle holds
   */
  public ContentReader(int maxBodyBytes) {
    this.checks = new MessageChecks(maxBodyBytes);
  }

  private static OneofDescriptor contentOf(com.google.protobuf.Descriptors.Descriptor message) {
    return message.getOneofs().stream()
        .filter(oneof -> oneof.getName().equals("content"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The content of a request.
   *
   * @throws SkeinException INVALID_ARGUMENT, TOO_LARGE, with the field that is wrong
   */
  public Content read(SendRequest request) {
    FieldDescriptor field = request.getOneofFieldDescriptor(CONTENT);
    if (field == null) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT, "a content is needed, for example a text");
    }
    Message body = (Message) request.getField(field);
    if (body instanceof Retained retained) {
      return retained(field.getNumber(), retained, request);
    }
    Optional<EntryChange> change = change(body);
    if (change.isEmpty()) {
      checks.check(field.getJsonName(), body);
      return message(field.getNumber(), body, request);
    }
    if (request.hasContext()) {
      throw wrong("context", "a change of a message has no context of its own");
    }
    if (change.get().targetSeq() == 0) {
      throw wrong(field.getJsonName() + ".seq", "the seq of the message to change is needed");
    }
    return Content.change(field.getNumber(), body.toByteString(), change.get());
  }

  private Optional<EntryChange> change(Message body) {
    return switch (body) {
      case Edit edit -> Optional.of(edit(edit));
      case Recall recall -> Optional.of(recall(recall));
      case Reaction reaction -> Optional.of(reaction(reaction));
      case Pin pin -> Optional.of(EntryChange.pin(seq(pin.getSeq()), pin.getRemoved()));
      default -> Optional.empty();
    };
  }

  private EntryChange edit(Edit edit) {
    FieldDescriptor field = edit.getOneofFieldDescriptor(EDITED);
    if (field == null) {
      throw wrong("edit", "a new content is needed, for example a text");
    }
    Message body = (Message) edit.getField(field);
    checks.check("edit." + field.getJsonName(), body);
    return EntryChange.edit(seq(edit.getSeq()), field.getNumber(), body.toByteString());
  }

  private static EntryChange recall(Recall recall) {
    if (recall.getExpired()) {
      throw wrong("recall.expired", "only the server says that the time of a message is over");
    }
    return EntryChange.recall(seq(recall.getSeq()));
  }

  private static EntryChange reaction(Reaction reaction) {
    MessageChecks.required("reaction.key", reaction.getKey());
    MessageChecks.line("reaction.key", reaction.getKey(), MAX_REACTION_KEY);
    return EntryChange.reaction(seq(reaction.getSeq()), reaction.getKey(), reaction.getRemoved());
  }

  /** What is kept is said without what it was to follow, so that all versions read alike. */
  private Content retained(int type, Retained retained, SendRequest request) {
    if (request.hasContext()) {
      throw wrong("context", "a retained value has no context");
    }
    MessageChecks.required("retained.key", retained.getKey());
    MessageChecks.line("retained.key", retained.getKey(), MAX_RETAINED_KEY);
    if (retained.getVersion() != 0) {
      throw wrong("retained.version", "the server counts the versions itself");
    }
    if (retained.getRemoved() == retained.hasCustom()) {
      throw wrong("retained.custom", "a value is needed, or removed without one");
    }
    if (retained.hasCustom()) {
      checks.check("retained.custom", retained.getCustom());
    }
    return Content.retained(
        type,
        retained.toBuilder().clearExpectedVersion().build().toByteString(),
        new RetainedValue(
            retained.getKey(),
            retained.hasExpectedVersion()
                ? OptionalInt.of(seq(retained.getExpectedVersion()))
                : OptionalInt.empty(),
            retained.getRemoved()));
  }

  private static Content message(int type, Message body, SendRequest request) {
    if (!request.hasContext()) {
      return Content.message(type, body.toByteString());
    }
    EntryContext context = request.getContext();
    if (context.hasThreadSeq()) {
      throw wrong("context.threadSeq", "the server finds the thread itself");
    }
    if (context.hasReplyToSeq() && context.getReplyToSeq() == 0) {
      throw wrong("context.replyToSeq", "a seq starts at 1");
    }
    return new Content(
        type,
        true,
        body.toByteString(),
        context.toByteString(),
        seq(context.getReplyToSeq()),
        mentions(context),
        Optional.empty(),
        Optional.empty(),
        lifetime(context));
  }

  private static Optional<Lifetime> lifetime(EntryContext context) {
    OptionalInt after =
        context.getExpiresAfterSeconds() == 0
            ? OptionalInt.empty()
            : OptionalInt.of(
                seconds("context.expiresAfterSeconds", context.getExpiresAfterSeconds()));
    OptionalInt afterRead =
        context.hasExpiresAfterReadSeconds()
            ? OptionalInt.of(
                seconds("context.expiresAfterReadSeconds", context.getExpiresAfterReadSeconds()))
            : OptionalInt.empty();
    return after.isEmpty() && afterRead.isEmpty()
        ? Optional.empty()
        : Optional.of(new Lifetime(after, afterRead));
  }

  private static int seconds(String field, int uint32) {
    if (uint32 < 0 || uint32 > LONGEST_LIFE) {
      throw wrong(field, "at most " + LONGEST_LIFE + " seconds, a year");
    }
    return uint32;
  }

  private static List<String> mentions(EntryContext context) {
    if (context.getMentionsCount() > MAX_MENTIONS) {
      throw new SkeinException(
              ErrorCode.TOO_LARGE, "a message mentions at most " + MAX_MENTIONS + " users by name")
          .withField("context.mentions");
    }
    Set<String> mentions = new LinkedHashSet<>();
    for (int i = 0; i < context.getMentionsCount(); i++) {
      mentions.add(UserIds.check(context.getMentions(i), "context.mentions[" + i + "]"));
    }
    if (context.getMentionAll()) {
      mentions.add(Content.EVERYBODY);
    }
    return List.copyOf(mentions);
  }

  /** A number that is too high for any log names no entry either way. */
  private static int seq(int uint32) {
    return uint32 < 0 ? Integer.MAX_VALUE : uint32;
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
