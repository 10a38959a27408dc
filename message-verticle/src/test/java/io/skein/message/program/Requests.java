package io.skein.message.program;

import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The requests of messages.send that a program makes. Each says something else. */
final class Requests {
  private static final List<String> KEYS = List.of("+1", "heart");

  private final IntFunction<String> users;
  private int made;

  Requests(IntFunction<String> users) {
    this.users = users;
  }

  private SendRequest.Builder request(Target to) {
    made++;
    return SendRequest.newBuilder().setTo(to).setClientMsgId(UUID.randomUUID().toString());
  }

  SendRequest message(Step.Send step, Model model, Target to) {
    SendRequest.Builder request = request(to).setText(Text.newBuilder().setBody("text " + made));
    EntryContext.Builder context = EntryContext.newBuilder();
    switch (step.mention()) {
      case SOMEBODY -> context.addMentions(users.apply(step.pick() % Programs.USERS));
      case ALL -> context.setMentionAll(true);
      case NOBODY -> {}
    }
    if (step.answers()) {
      context.setReplyToSeq(message(model, step.in(), step.pick()));
    }
    return context.build().equals(EntryContext.getDefaultInstance())
        ? request.build()
        : request.setContext(context).build();
  }

  SendRequest edit(Step.Edit step, Model model, Target to) {
    SendRequest.Builder request = request(to);
    return request
        .setEdit(
            Edit.newBuilder()
                .setSeq(ownMessage(model, step.in(), users.apply(step.by().user()), step.pick()))
                .setText(Text.newBuilder().setBody("edited " + made)))
        .build();
  }

  SendRequest recall(Step.Recall step, Model model, Target to) {
    return request(to)
        .setRecall(Recall.newBuilder().setSeq(message(model, step.in(), step.pick())))
        .build();
  }

  SendRequest react(Step.React step, Model model, Target to) {
    return request(to)
        .setReaction(
            Reaction.newBuilder()
                .setSeq(message(model, step.in(), step.pick()))
                .setKey(KEYS.get(step.key()))
                .setRemoved(step.removed()))
        .build();
  }

  SendRequest pin(Step.Pin step, Model model, Target to) {
    return request(to)
        .setPin(
            Pin.newBuilder()
                .setSeq(message(model, step.in(), step.pick()))
                .setRemoved(step.removed()))
        .build();
  }

  static SendRequest withOtherContent(SendRequest request) {
    return request.toBuilder().setText(Text.newBuilder().setBody("something else")).build();
  }

  /** Any seq of the log, and some above it. */
  static int seq(Model model, int in, int pick) {
    return pick % (model.logs.get(in).head() + 3);
  }

  /** A message, the newest first; sometimes an entry that is none. */
  private static int message(Model model, int in, int pick) {
    return message(model, in, item -> true, pick);
  }

  /** One of the user's own, who may do nothing to others; sometimes one of these nevertheless. */
  private static int ownMessage(Model model, int in, String user, int pick) {
    return message(model, in, item -> item.sender.equals(user) || pick % 5 == 0, pick);
  }

  private static int message(Model model, int in, Predicate<Item> which, int pick) {
    Log log = model.logs.get(in);
    List<Integer> messages =
        log.items.stream().filter(Item::isMessage).filter(which).map(item -> item.seq).toList();
    boolean any = messages.isEmpty() || pick == 30;
    return any
        ? 1 + pick % (log.head() + 1)
        : messages.get(messages.size() - 1 - pick % Math.min(messages.size(), 6));
  }
}
