package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.content.Content;
import io.skein.message.content.EntryChange;
import io.skein.message.content.Lifetime;
import io.skein.message.content.RetainedValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A batch turned into the array parameters of {@code message.append_v3}, or, with messages that do
 * not stay, of {@code message.append_expiring_v1}: one element per draft that is not a repetition
 * of an earlier one.
 */
final class BatchColumns {
  private final Batch batch;

  /** Drafts that are sent to the database. */
  private final List<Draft> items = new ArrayList<>();

  /** For each draft of the batch, the number of its item, from 0. */
  private final int[] itemOf;

  private final Map<Draft.Key, Integer> itemByKey = new HashMap<>();

  BatchColumns(Batch batch) {
    this.batch = batch;
    this.itemOf = new int[batch.drafts().size()];
    for (int i = 0; i < itemOf.length; i++) {
      Draft draft = batch.drafts().get(i);
      Integer known = itemByKey.putIfAbsent(draft.key(), items.size());
      itemOf[i] = known == null ? items.size() : known;
      if (known == null) {
        items.add(draft);
      }
    }
  }

  Tuple parameters(ChangeLimits limits) {
    Map<UUID, DirectPair> direct = new TreeMap<>();
    List<UUID> conversations = new ArrayList<>();
    Map<UUID, Integer> slots = new HashMap<>();
    int size = items.size();
    Integer[] slot = new Integer[size];
    String[] sender = new String[size];
    UUID[] clientMsgId = new UUID[size];
    Short[] type = new Short[size];
    Boolean[] countable = new Boolean[size];
    Buffer[] body = new Buffer[size];
    Buffer[] context = new Buffer[size];
    Integer[] reply = new Integer[size];
    Integer[] target = new Integer[size];
    String[] key = new String[size];
    Boolean[] removed = new Boolean[size];
    Short[] newType = new Short[size];
    Buffer[] newBody = new Buffer[size];
    List<Integer> mentionItem = new ArrayList<>();
    List<String> mentionUser = new ArrayList<>();
    UUID[] after = new UUID[size];
    Integer[] afterItem = new Integer[size];
    Integer[] expected = new Integer[size];
    for (int i = 0; i < size; i++) {
      Draft draft = items.get(i);
      draft.direct().ifPresent(pair -> direct.put(draft.conversationId(), pair));
      slot[i] =
          slots.computeIfAbsent(
              draft.conversationId(),
              id -> {
                conversations.add(id);
                return conversations.size();
              });
      sender[i] = draft.sender();
      clientMsgId[i] = draft.clientMsgId();
      Content content = draft.content();
      type[i] = (short) content.type();
      countable[i] = content.countable();
      body[i] = buffer(content.body());
      context[i] = content.context().isEmpty() ? null : buffer(content.context());
      reply[i] = content.replyTo() == 0 ? null : content.replyTo();
      for (String user : content.mentions()) {
        mentionItem.add(i + 1);
        mentionUser.add(user);
      }
      if (content.change().isPresent()) {
        EntryChange change = content.change().get();
        target[i] = change.targetSeq();
        key[i] = change.key();
        removed[i] = change.removed();
        newType[i] = (short) change.newType();
        newBody[i] = buffer(change.newBody());
      }
      if (content.value().isPresent()) {
        RetainedValue value = content.value().get();
        key[i] = value.key();
        removed[i] = value.removed();
        expected[i] = boxed(value.expected());
      }
      after[i] = draft.after().orElse(null);
      afterItem[i] = earlierItem(draft, i);
    }
    return Tuple.tuple()
        .addUUID(batch.id())
        .addUUID(batch.bootId())
        .addArrayOfUUID(direct.keySet().toArray(UUID[]::new))
        .addArrayOfString(direct.values().stream().map(DirectPair::low).toArray(String[]::new))
        .addArrayOfString(direct.values().stream().map(DirectPair::high).toArray(String[]::new))
        .addArrayOfUUID(conversations.toArray(UUID[]::new))
        .addArrayOfInteger(slot)
        .addArrayOfString(sender)
        .addArrayOfUUID(clientMsgId)
        .addArrayOfShort(type)
        .addArrayOfBoolean(countable)
        .addArrayOfBuffer(body)
        .addArrayOfBuffer(context)
        .addArrayOfInteger(reply)
        .addArrayOfInteger(target)
        .addArrayOfString(key)
        .addArrayOfBoolean(removed)
        .addArrayOfShort(newType)
        .addArrayOfBuffer(newBody)
        .addArrayOfInteger(mentionItem.toArray(Integer[]::new))
        .addArrayOfString(mentionUser.toArray(String[]::new))
        .addArrayOfUUID(after)
        .addArrayOfInteger(afterItem)
        .addArrayOfInteger(expected)
        .addInteger(Math.toIntExact(limits.editTime().toSeconds()))
        .addInteger(Math.toIntExact(limits.recallTime().toSeconds()))
        .addInteger(limits.maxPins())
        .addInteger(limits.maxReactionKinds())
        .addInteger(limits.maxRetained())
        .addInteger(ConversationView.SMALL);
  }

  /** Whether there are messages that do not stay. */
  boolean expire() {
    return items.stream().anyMatch(item -> item.content().lifetime().isPresent());
  }

  /** As {@link #parameters}, and when messages go. */
  Tuple expiringParameters(ChangeLimits limits) {
    List<Integer> item = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    List<Integer> afterRead = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Optional<Lifetime> lifetime = items.get(i).content().lifetime();
      if (lifetime.isPresent()) {
        item.add(i + 1);
        after.add(boxed(lifetime.get().afterSeconds()));
        afterRead.add(boxed(lifetime.get().afterReadSeconds()));
      }
    }
    return parameters(limits)
        .addArrayOfInteger(item.toArray(Integer[]::new))
        .addArrayOfInteger(after.toArray(Integer[]::new))
        .addArrayOfInteger(afterRead.toArray(Integer[]::new));
  }

  private static Integer boxed(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static Buffer buffer(ByteString bytes) {
    return Buffer.buffer(bytes.toByteArray());
  }

  /** The number, from 1, of the predecessor if it stands earlier in this batch; else 0. */
  private int earlierItem(Draft draft, int item) {
    if (draft.after().isEmpty()) {
      return 0;
    }
    var predecessor =
        new Draft.Key(draft.conversationId(), draft.sender(), draft.after().orElseThrow());
    Integer found = itemByKey.get(predecessor);
    return found == null || found >= item ? 0 : found + 1;
  }

  /** One outcome per draft of the batch; a repetition has the outcome of what it repeats. */
  List<Outcome> outcomes(List<Outcome> ofItems) {
    List<Outcome> outcomes = new ArrayList<>(itemOf.length);
    boolean[] seen = new boolean[items.size()];
    for (int i = 0; i < itemOf.length; i++) {
      int item = itemOf[i];
      Outcome outcome = ofItems.get(item);
      outcomes.add(
          seen[item] ? repeated(batch.drafts().get(i), items.get(item), outcome) : outcome);
      seen[item] = true;
    }
    return outcomes;
  }

  private static Outcome repeated(Draft draft, Draft first, Outcome outcome) {
    if (outcome instanceof Outcome.Stored stored) {
      return draft.sameContent(first)
          ? new Outcome.Stored(
              stored.seq(),
              stored.sentAt(),
              stored.membersSeq(),
              stored.threadSeq(),
              stored.version(),
              true)
          : Outcome.Refused.CONFLICT;
    }
    return outcome;
  }
}
