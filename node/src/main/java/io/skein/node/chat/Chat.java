package io.skein.node.chat;

import com.google.protobuf.Message;
import io.skein.client.Calls;
import io.skein.client.ClientListener;
import io.skein.client.ConnectionState;
import io.skein.client.OutgoingMessage;
import io.skein.client.SkeinClient;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What happens in a chat. All methods are called on the client's callback executor. */
final class Chat implements ClientListener, Asking {
  private static final int HISTORY = 20;
  private static final List<String> HELP =
      List.of(
          "Type a message and press Enter. Commands:",
          "  /with NAME   talk to somebody (or the number of a row of /list)",
          "  /list        your conversations, the newest first",
          "  /who         who is there",
          "  /reply 7 …   answer message #7; also /edit 7 …, /recall 7, /react 7 👍, /pin 7",
          "  /search …    messages with these words",
          "  /group T A B make a group of the title T with A and B; /invite, /remove, /leave",
          "  /code        lets others in by /join CODE",
          "  /quit        leave (or Ctrl-D)",
          "A message that begins with a slash is typed with two.");

  private final String self;
  private final SkeinClient client;
  private final Screen screen;
  private final Lines lines;
  private final Runnable leave;
  private final MessageCommands messages;
  private final GroupCommands groups;
  private final ConversationList list = new ConversationList();
  private Talk talk;
  private boolean wasOnline;
  private boolean saidOffline;
  private boolean leaving;
  private int unanswered;

  /** {@code leave} ends the chat. */
  Chat(String self, SkeinClient client, Screen screen, Lines lines, Runnable leave) {
    this.self = self;
    this.client = client;
    this.screen = screen;
    this.lines = lines;
    this.leave = leave;
    this.messages = new MessageCommands(this, screen, lines);
    this.groups = new GroupCommands(this, screen, this::open);
  }

  void typed(String line) {
    switch (Input.of(line)) {
      case Input.Say say when talk == null ->
          screen.print(Lines.bad("Nobody to talk to yet: /with NAME opens a conversation."));
      case Input.Say say -> say(say.text());
      case Input.Command command -> run(command);
      case Input.Nothing nothing -> {}
    }
  }

  /** Leaves as soon as everything that was asked for is answered. */
  void leaveWhenDone() {
    leaving = true;
    leaveIfDone();
  }

  private void leaveIfDone() {
    if (leaving && unanswered == 0) {
      leave.run();
    }
  }

  private void run(Input.Command command) {
    switch (command.name()) {
      case "help", "h", "?" -> HELP.forEach(line -> screen.print(Lines.note(line)));
      case "with", "w" -> with(command.argument());
      case "list", "l" -> list();
      case "who" -> who();
      case "quit", "q", "exit" -> leave.run();
      default -> runOther(command);
    }
  }

  private void runOther(Input.Command command) {
    if (!messages.run(talk, command) && !groups.run(talk, command)) {
      screen.print(Lines.bad("There is no /" + command.name() + "; see /help."));
    }
  }

  private void say(String text) {
    Talk to = talk;
    OutgoingMessage message = client.send(to.target(), text);
    to.sending();
    if (!(client.state() instanceof ConnectionState.Online)) {
      screen.print(Lines.note("… " + text + "   (leaves when there is a connection)"));
    }
    showStatus();
    when(
        message.committed(),
        (reply, failure) -> {
          to.sent();
          if (failure != null) {
            screen.print(Lines.bad("✗ not sent: " + text + "\n  " + Explanations.of(failure)));
          }
          showStatus();
        });
  }

  /** Opens the conversation with a user, or one of the list by its number. */
  void with(String whom) {
    Talk next = find(whom);
    if (next != null) {
      open(next);
    }
  }

  private void open(Talk next) {
    talk = next;
    screen.prompt(self + " → " + next.name() + " > ");
    when(
        client.history(next.conversationId(), HISTORY),
        (page, failure) -> opened(next, page, failure));
    if (next.isDirect() && !next.name().equals(self)) {
      watch(next);
    }
  }

  /** Shows a group that one is in now. */
  private void open(Conversation group) {
    list.know(group);
    open(Talk.in(self, group, ConversationList.nameOf(group)));
  }

  @Override
  public <Q extends Message, R extends Message> void ask(
      Rpc<Q, R> rpc, Q request, Consumer<R> answered) {
    when(client.call(rpc, request), (reply, failure) -> answer(reply, failure, answered));
  }

  @Override
  public void send(SendRequest request, Consumer<SendReply> committed) {
    when(client.send(request).committed(), (reply, failure) -> answer(reply, failure, committed));
  }

  private <R> void answer(R reply, Throwable failure, Consumer<R> answered) {
    if (failure == null) {
      answered.accept(reply);
    } else {
      screen.print(Lines.bad("✗ " + Explanations.of(failure)));
    }
  }

  private Talk find(String whom) {
    if (whom.isEmpty()) {
      screen.print(Lines.bad("With whom? /with NAME, or a number of /list."));
      return null;
    }
    Conversation chosen = list.numbered(whom);
    if (chosen != null && chosen.getKind() != Conversation.Kind.DIRECT) {
      return Talk.in(self, chosen, ConversationList.nameOf(chosen));
    }
    try {
      String user = UserIds.check(chosen == null ? whom : chosen.getUserId(), "userId");
      return Talk.with(self, user, ConversationIds.direct(self, user).toString());
    } catch (SkeinException noName) {
      screen.print(Lines.bad("That is nobody's name: " + noName.getMessage() + "."));
      return null;
    }
  }

  private void opened(Talk of, HistoryReply page, Throwable failure) {
    if (of != talk) {
      return;
    }
    if (failure == null) {
      screen.print(Lines.heading(of.name(), ""));
      page.getEntriesList().forEach(entry -> show(of, entry));
      marks(of);
      read(of, page.getHeadSeq());
    } else if (isNotThereYet(failure)) {
      screen.print(Lines.heading(of.name(), "no messages yet: say hello"));
    } else {
      screen.print(Lines.bad("The history cannot be read: " + Explanations.of(failure)));
    }
    showStatus();
  }

  /** How far the others are by now: a mark that moved while it was closed was not kept. */
  private void marks(Talk of) {
    when(
        client.call(
            Calls.GET,
            GetConversationRequest.newBuilder().setConversationId(of.conversationId()).build()),
        (reply, failure) -> {
          if (failure == null) {
            reply.getConversation().getMarksList().forEach(of::marked);
            showStatus();
          }
        });
  }

  private static boolean isNotThereYet(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof SkeinException refused && refused.code() == ErrorCode.NOT_FOUND;
  }

  private void watch(Talk of) {
    when(
        client.watch(List.of(of.name())),
        (presences, failure) -> {
          if (failure == null) {
            presences.forEach(this::setPresence);
          }
        });
  }

  private void list() {
    when(
        client.conversations(),
        (conversations, failure) -> {
          if (failure != null) {
            screen.print(Lines.bad("No list now: " + Explanations.of(failure)));
            return;
          }
          list.show(conversations, lines).forEach(screen::print);
        });
  }

  private void who() {
    if (talk == null) {
      screen.print(Lines.note("You are " + self + "; nobody else is here: /with NAME."));
    } else if (talk.isDirect()) {
      screen.print(Lines.note("You are " + self + ". " + presenceOf(talk)));
    } else {
      when(
          client.call(
              Calls.MEMBERS,
              MembersRequest.newBuilder().setConversationId(talk.conversationId()).build()),
          (members, failure) ->
              screen.print(
                  failure == null
                      ? Lines.note(names(members))
                      : Lines.bad("No names now: " + Explanations.of(failure))));
    }
  }

  private static String names(MembersReply members) {
    return members.getMembersList().stream()
            .map(member -> Lines.safe(member.getUserId()))
            .collect(Collectors.joining(", "))
        + (members.getMore() ? " and more" : "");
  }

  @Override
  public void onEntry(Entry entry) {
    if (talk != null && talk.isHere(entry.getConversationId())) {
      show(talk, entry);
      if (!entry.getSender().equals(self)) {
        read(talk, entry.getSeq());
      }
      showStatus();
    } else if (!entry.getSender().equals(self)) {
      String where = list.group(entry.getConversationId()).orElse(entry.getSender());
      screen.print(lines.elsewhere(where, entry));
    }
  }

  @Override
  public void onSkipped(String conversationId, int afterSeq, int beforeSeq) {
    screen.print(Lines.note("… " + (beforeSeq - afterSeq - 1) + " messages are not shown"));
  }

  @Override
  public void onMark(Mark mark) {
    if (talk != null && talk.isHere(mark.getConversationId())) {
      talk.marked(mark);
      showStatus();
    }
  }

  @Override
  public void onPresence(Presence presence) {
    if (setPresence(presence)) {
      String now = talk.isOnline() ? " is here" : " has gone";
      screen.print(Lines.note(talk.name() + now));
    }
  }

  @Override
  public void onConversation(Conversation conversation) {
    list.know(conversation);
  }

  @Override
  public void onState(ConnectionState state) {
    switch (state) {
      case ConnectionState.Online online -> {
        if (wasOnline) {
          screen.print(Lines.good("Connected again."));
        }
        wasOnline = true;
        saidOffline = false;
      }
      case ConnectionState.Waiting waiting -> offline(waiting);
      case ConnectionState.Stopped stopped -> {
        screen.print(Lines.bad("The server ended this: " + Explanations.of(stopped.cause())));
        leave.run();
      }
      case ConnectionState.Idle idle -> {}
      case ConnectionState.Connecting connecting -> {}
      case ConnectionState.Closed closed -> {}
    }
    showStatus();
  }

  /** Said once; that it goes on is in the status line. */
  private void offline(ConnectionState.Waiting waiting) {
    if (!saidOffline) {
      screen.print(Lines.bad("No connection (" + waiting.reason() + "); trying again by itself."));
    }
    saidOffline = true;
  }

  private void show(Talk of, Entry entry) {
    of.saw(entry);
    screen.print(lines.entry(entry));
  }

  private void read(Talk of, int seq) {
    when(
        client.read(of.conversationId(), seq),
        (reply, failure) -> {
          // The next message read moves the mark past this one.
        });
  }

  /** Answers whether it is news about the one who is talked to. */
  private boolean setPresence(Presence presence) {
    if (talk == null || !talk.isDirect() || !presence.getUserId().equals(talk.name())) {
      return false;
    }
    boolean before = talk.isOnline();
    talk.presence(presence.getStatus());
    showStatus();
    return before != talk.isOnline();
  }

  private static String presenceOf(Talk talk) {
    return Lines.safe(talk.name()) + (talk.isOnline() ? " is online" : " is offline");
  }

  private void showStatus() {
    if (!(client.state() instanceof ConnectionState.Online)) {
      screen.status(Lines.status("not connected: what you type leaves later", Tick.NONE));
    } else if (talk != null) {
      screen.status(Lines.status(talk.isDirect() ? presenceOf(talk) : talk.name(), talk.tick()));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Nothing is left to happen after the step.
  private <T> void when(CompletableFuture<T> future, BiConsumer<T, Throwable> step) {
    unanswered++;
    future.whenComplete(
        (value, failure) -> {
          unanswered--;
          step.accept(value, failure);
          leaveIfDone();
        });
  }
}
