package io.skein.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A batch turned into the array parameters of {@code message.append_v1}: one element per draft that
 * is not a repetition of an earlier one.
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

  Tuple parameters() {
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
    UUID[] after = new UUID[size];
    Integer[] afterItem = new Integer[size];
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
      type[i] = (short) draft.type();
      countable[i] = draft.countable();
      body[i] = Buffer.buffer(draft.body().toByteArray());
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
        .addArrayOfUUID(after)
        .addArrayOfInteger(afterItem);
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
          ? new Outcome.Stored(stored.seq(), stored.sentAt(), stored.membersSeq(), true)
          : Outcome.Refused.CONFLICT;
    }
    return outcome;
  }
}
