package io.skein.e2e;

import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.util.List;
import java.util.Random;

/** What the members of a group say on their day. Of five messages one may be recalled. */
final class DayContents {
  private static final int RECALLED = 5;

  private final Random random;
  private final String group;
  private final int mentioned;

  /** With so many users, {@code day-0} and so on, who are mentioned now and then. */
  DayContents(Random random, String group, int mentioned) {
    this.random = random;
    this.group = group;
    this.mentioned = mentioned;
  }

  private SendRequest.Builder request() {
    return SendRequest.newBuilder().setTo(Target.newBuilder().setConversationId(group));
  }

  private static Text text(String body) {
    return Text.newBuilder().setBody(body).build();
  }

  /** A new message, which may answer one that nobody recalls meanwhile. */
  SendRequest message(Gadget gadget, List<Entry> seen, int number) {
    EntryContext.Builder context = EntryContext.newBuilder();
    if (!seen.isEmpty() && random.nextInt(4) == 0) {
      int answered = seen.get(random.nextInt(seen.size())).getSeq();
      if (answered % RECALLED != 0) {
        context.setReplyToSeq(answered);
      }
    }
    if (random.nextInt(4) == 0) {
      context.addMentions("day-" + random.nextInt(mentioned));
    }
    return request().setText(text("from " + gadget + " no. " + number)).setContext(context).build();
  }

  /** What this user may do to the message: all recall, edit, react; the owner of the group pins. */
  SendRequest change(Gadget gadget, Entry target, int number) {
    int seq = target.getSeq();
    boolean own = target.getSender().equals(gadget.user());
    if (own && seq % RECALLED == 0) {
      return request().setRecall(Recall.newBuilder().setSeq(seq)).build();
    }
    if (own) {
      Text text = text("edited " + number);
      return request().setEdit(Edit.newBuilder().setSeq(seq).setText(text)).build();
    }
    if (gadget.user().equals("day-0") && random.nextInt(3) == 0) {
      Pin.Builder pin = Pin.newBuilder().setSeq(seq).setRemoved(random.nextBoolean());
      return request().setPin(pin).build();
    }
    return request()
        .setReaction(
            Reaction.newBuilder()
                .setSeq(seq)
                .setKey(random.nextBoolean() ? "+1" : "heart")
                .setRemoved(random.nextInt(4) == 0))
        .build();
  }
}
