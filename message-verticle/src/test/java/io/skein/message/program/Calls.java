package io.skein.message.program;

import com.google.protobuf.Message;
import io.skein.message.program.Step.By;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.v1.ClearReply;
import io.skein.protocol.v1.ClearRequest;
import io.skein.protocol.v1.ConfigureReply;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Draft;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MuteMemberRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetRoleRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.UpdateConversationRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Turns steps into calls of the service, and into what the model has to do. */
final class Calls {
  private static final int MUTE_SECONDS = 3600;
  static final String DONE = "done";

  private final Service service;
  private final String prefix;
  private final Requests requests;
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private String code = "";

  /** A request that can be sent again. */
  private record Sent(String user, int in, SendRequest request) {}

  /** A call under way, with what the model does for it. */
  static final class Asked {
    private final Device by;
    private final Sent sent;
    private final Future<String> answer;
    private final Function<Model, String> inModel;

    private Asked(Device by, Sent sent, Future<String> answer, Function<Model, String> inModel) {
      this.by = by;
      this.sent = sent;
      this.answer = answer;
      this.inModel = inModel;
    }

    Device by() {
      return by;
    }

    Function<Model, String> inModel() {
      return inModel;
    }

    boolean isAnswered() {
      return answer.isComplete();
    }

    String answer() {
      return get(answer);
    }
  }

  Calls(Service service, String prefix) {
    this.service = service;
    this.prefix = prefix;
    this.requests = new Requests(this::user);
  }

  String user(int number) {
    return prefix + (char) ('a' + number);
  }

  String id(int in) {
    return ids.get(in);
  }

  /** The number in the program of each conversation, by its id. */
  Map<String, Integer> numbers() {
    return numbers;
  }

  /** Makes what every program begins with. */
  Model begin() {
    Device owner = new Device(user(0), user(0) + "-maker");
    String group =
        get(
                "conversations.create",
                owner,
                CreateConversationRequest.newBuilder()
                    .setKind(Kind.GROUP)
                    .addMembers(user(1))
                    .addMembers(user(2))
                    .build(),
                CreateConversationReply.class)
            .getConversation()
            .getConversationId();
    code =
        get(
                "members.createCode",
                owner,
                CreateCodeRequest.newBuilder().setConversationId(group).build(),
                CreateCodeReply.class)
            .getCode();
    add(group);
    Model model = new Model();
    model.logs.add(group());
    for (int peer = 1; peer < Programs.CONVERSATIONS; peer++) {
      add(service.directId(user(0), user(peer)));
      model.logs.add(new Log(List.of(user(0), user(peer))));
    }
    return model;
  }

  private Log group() {
    Log log = new Log(List.of());
    log.seats.put(user(0), new Seat(Role.OWNER));
    log.seats.put(user(1), new Seat(Role.MEMBER));
    log.seats.put(user(2), new Seat(Role.MEMBER));
    log.append(user(0), Item.Type.SYSTEM, "created");
    return log;
  }

  private void add(String id) {
    numbers.put(id, ids.size());
    ids.add(id);
  }

  /** The entries of the group above a seq. */
  List<String> groupLog(int afterSeq) {
    return service.log(id(0), afterSeq).stream()
        .map(entry -> entry.getSender() + ": " + Picture.content(entry))
        .toList();
  }

  static By by(Step step) {
    return switch (step) {
      case Step.Send send -> send.by();
      case Step.Edit edit -> edit.by();
      case Step.Recall recall -> recall.by();
      case Step.React react -> react.by();
      case Step.Pin pin -> pin.by();
      case Step.Repeat repeat -> repeat.by();
      case Step.Read read -> read.by();
      case Step.Deliver deliver -> deliver.by();
      case Step.Clear clear -> clear.by();
      case Step.Configure configure -> configure.by();
      case Step.Invite invite -> invite.by();
      case Step.Remove remove -> remove.by();
      case Step.Join join -> join.by();
      case Step.Leave leave -> leave.by();
      case Step.SetRole role -> role.by();
      case Step.Mute mute -> mute.by();
      case Step.SetRules rules -> rules.by();
      default -> throw new IllegalArgumentException("not one call: " + step);
    };
  }

  /** Sets off the call of a step. */
  Asked ask(Step step, Model model, Device by) {
    String user = by.user;
    return switch (step) {
      case Step.Send send ->
          send(by, send.in(), requests.message(send, model, target(user, send.in())));
      case Step.Edit edit ->
          send(by, edit.in(), requests.edit(edit, model, target(user, edit.in())));
      case Step.Recall recall ->
          send(by, recall.in(), requests.recall(recall, model, target(user, recall.in())));
      case Step.React react ->
          send(by, react.in(), requests.react(react, model, target(user, react.in())));
      case Step.Pin pin -> send(by, pin.in(), requests.pin(pin, model, target(user, pin.in())));
      case Step.Repeat repeat -> repeat(by, repeat);
      case Step.Read read -> read(by, read.in(), Requests.seq(model, read.in(), read.pick()));
      case Step.Deliver deliver ->
          deliver(by, deliver.in(), Requests.seq(model, deliver.in(), deliver.pick()));
      case Step.Clear clear -> clear(by, clear.in(), Requests.seq(model, clear.in(), clear.pick()));
      case Step.Configure configure -> configure(by, configure);
      case Step.Invite invite ->
          group(
              by,
              "members.invite",
              InviteRequest.newBuilder().setConversationId(id(0)).addUserIds(user(invite.user())),
              group -> group.invite(user, user(invite.user())));
      case Step.Remove remove ->
          group(
              by,
              "members.remove",
              RemoveMembersRequest.newBuilder()
                  .setConversationId(id(0))
                  .addUserIds(user(remove.user())),
              group -> group.remove(user, user(remove.user())));
      case Step.Join join ->
          group(
              by,
              "members.join",
              JoinRequest.newBuilder().setConversationId(id(0)).setCode(code),
              group -> group.join(user));
      case Step.Leave leave ->
          group(
              by,
              "members.leave",
              LeaveRequest.newBuilder().setConversationId(id(0)),
              group -> group.leave(user));
      case Step.SetRole role ->
          group(
              by,
              "members.setRole",
              SetRoleRequest.newBuilder()
                  .setConversationId(id(0))
                  .setUserId(user(role.user()))
                  .setRole(role.role()),
              group -> group.setRole(user, user(role.user()), role.role()));
      case Step.Mute mute ->
          group(
              by,
              "members.mute",
              MuteMemberRequest.newBuilder()
                  .setConversationId(id(0))
                  .setUserId(user(mute.user()))
                  .setSeconds(mute.on() ? MUTE_SECONDS : 0),
              group -> group.mute(user, user(mute.user()), mute.on()));
      case Step.SetRules rules ->
          group(
              by,
              "conversations.update",
              UpdateConversationRequest.newBuilder()
                  .setConversationId(id(0))
                  .setPostRole(rules.onlyAdminsPost() ? Role.ADMIN : Role.MEMBER)
                  .setFullHistory(rules.fullHistory()),
              group -> group.setRules(user, rules.onlyAdminsPost(), rules.fullHistory()));
      default -> throw new IllegalArgumentException("not one call: " + step);
    };
  }

  /** A direct conversation is addressed by the other user, who need not have it yet. */
  private Target target(String user, int in) {
    String peer = in == 0 ? "" : user.equals(user(0)) ? user(in) : user(0);
    boolean mine = in > 0 && (user.equals(user(0)) || user.equals(user(in)));
    return mine
        ? Target.newBuilder().setUserId(peer).build()
        : Target.newBuilder().setConversationId(id(in)).build();
  }

  private Asked send(Device by, int in, SendRequest request) {
    Sent once = new Sent(by.user, in, request);
    sent.add(once);
    return send(by, once);
  }

  private Asked send(Device by, Sent once) {
    Future<String> answer =
        service
            .call("messages.send", by.caller(), once.request)
            .map(SendReply.class::cast)
            .map(reply -> Model.stored(reply.getSeq(), reply.getThreadSeq()));
    return new Asked(by, once, answer, model -> model.send(by.user, once.in, once.request));
  }

  /** The same request from another device, while the first is under way. */
  Asked askAgain(Asked first, Device by) {
    return send(by, first.sent);
  }

  /** Without anything sent before, a repeat is a first attempt of nothing. */
  private Asked repeat(Device by, Step.Repeat repeat) {
    List<Sent> own = sent.stream().filter(one -> one.user.equals(by.user)).toList();
    if (own.isEmpty()) {
      return new Asked(by, null, Future.succeededFuture(DONE), model -> DONE);
    }
    Sent one = own.get(repeat.pick() % own.size());
    return send(
        by,
        repeat.otherContent()
            ? new Sent(one.user, one.in, Requests.withOtherContent(one.request))
            : one);
  }

  private Asked read(Device by, int in, int seq) {
    ReadRequest request = ReadRequest.newBuilder().setConversationId(id(in)).setSeq(seq).build();
    return new Asked(
        by,
        null,
        service
            .call("conversations.read", by.caller(), request)
            .map(ReadReply.class::cast)
            .map(
                reply ->
                    Model.readAnswer(
                        reply.getReadSeq(), reply.getUnread(), reply.getTotalUnread())),
        model -> model.read(by.user, in, seq));
  }

  private Asked deliver(Device by, int in, int seq) {
    MarkDeliveredRequest request =
        MarkDeliveredRequest.newBuilder()
            .addMarks(
                DeliveredMark.newBuilder().setConversationId(id(in)).setUserId(by.user).setSeq(seq))
            .build();
    return new Asked(
        by,
        null,
        service.call("log.markDelivered", by.caller(), request).map(DONE),
        model -> model.deliver(by.user, in, seq));
  }

  private Asked clear(Device by, int in, int seq) {
    ClearRequest request = ClearRequest.newBuilder().setConversationId(id(in)).setSeq(seq).build();
    return new Asked(
        by,
        null,
        service
            .call("conversations.clear", by.caller(), request)
            .map(reply -> "cleared " + ((ClearReply) reply).getClearedSeq()),
        model -> model.clear(by.user, in, seq));
  }

  private Asked configure(Device by, Step.Configure step) {
    ConfigureRequest.Builder request =
        ConfigureRequest.newBuilder().setConversationId(id(step.in()));
    switch (step.setting()) {
      case MARKED_UNREAD -> request.setMarkedUnread(step.on());
      case PINNED -> request.setPinned(step.on());
      case MUTED -> request.setMuted(step.on());
      case ARCHIVED -> request.setArchived(step.on());
      case DRAFT -> request.setDraft(Draft.newBuilder().setText(step.on() ? "later" : ""));
    }
    return new Asked(
        by,
        null,
        service
            .call("conversations.configure", by.caller(), request.build())
            .map(reply -> Device.settings(((ConfigureReply) reply).getSettings()).toString()),
        model -> model.configure(by.user, step.in(), step.setting(), step.on()));
  }

  private Asked group(
      Device by, String method, Message.Builder request, Function<Groups, String> inModel) {
    return new Asked(
        by,
        null,
        service.call(method, by.caller(), request.build()).map(DONE),
        model -> inModel.apply(new Groups(model.logs.getFirst())));
  }

  /** A call that must be answered. */
  <R extends Message> R get(String method, Device by, Message request, Class<R> reply) {
    Future<Message> answer = service.call(method, by.caller(), request);
    String problem = get(answer.map(found -> ""));
    Run.same(method + " by " + by.session, problem, "");
    return reply.cast(answer.result());
  }

  private static String get(Future<String> answer) {
    try {
      return answer
          .otherwise(Calls::refusal)
          .toCompletionStage()
          .toCompletableFuture()
          .get(Run.PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String refusal(Throwable failure) {
    return failure instanceof SkeinException refused && refused.code() != ErrorCode.INTERNAL
        ? Model.refused(refused.code())
        : "failed: " + failure;
  }
}
