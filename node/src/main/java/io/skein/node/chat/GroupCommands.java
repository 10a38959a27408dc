package io.skein.node.chat;

import io.skein.client.Calls;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Commands about groups. */
final class GroupCommands {
  private final Asking asking;
  private final Screen screen;
  private final Consumer<Conversation> open;

  /** {@code open} shows a conversation that one is in now. */
  GroupCommands(Asking asking, Screen screen, Consumer<Conversation> open) {
    this.asking = asking;
    this.screen = screen;
    this.open = open;
  }

  /** False: it is no command about groups. */
  boolean run(Talk talk, Input.Command command) {
    List<String> words =
        Stream.of(command.argument().split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    switch (command.name()) {
      case "group", "g" -> create(words);
      case "join" -> join(command.argument());
      case "invite" -> in(talk, () -> invite(talk, words));
      case "remove" -> in(talk, () -> remove(talk, words));
      case "code" -> in(talk, () -> code(talk));
      case "leave" -> in(talk, () -> leave(talk));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void in(Talk talk, Runnable command) {
    if (talk == null || talk.isDirect()) {
      screen.print(Lines.bad("Open a group first: /list, then /with NUMBER."));
    } else {
      command.run();
    }
  }

  private void create(List<String> words) {
    if (words.isEmpty()) {
      screen.print(Lines.bad("It goes like this: /group TITLE NAME NAME …"));
      return;
    }
    asking.ask(
        Calls.CREATE,
        CreateConversationRequest.newBuilder()
            .setKind(Conversation.Kind.GROUP)
            .setTitle(words.getFirst())
            .addAllMembers(words.subList(1, words.size()))
            .setClientConversationId(UUID.randomUUID().toString())
            .build(),
        reply -> open.accept(reply.getConversation()));
  }

  private void join(String code) {
    asking.ask(
        Calls.LOOKUP_CODE,
        LookupCodeRequest.newBuilder().setCode(code).build(),
        found ->
            asking.ask(
                Calls.JOIN,
                JoinRequest.newBuilder()
                    .setConversationId(found.getConversationId())
                    .setCode(code)
                    .build(),
                reply -> {
                  if (reply.getPending()) {
                    screen.print(Lines.note("You are in as soon as an admin lets you in."));
                  } else {
                    open.accept(reply.getConversation());
                  }
                }));
  }

  private void invite(Talk talk, List<String> users) {
    asking.ask(
        Calls.INVITE,
        InviteRequest.newBuilder()
            .setConversationId(talk.conversationId())
            .addAllUserIds(users)
            .build(),
        reply -> {
          if (reply.getAddedCount() == 0) {
            screen.print(Lines.note("They are here already."));
          }
        });
  }

  private void remove(Talk talk, List<String> users) {
    asking.ask(
        Calls.REMOVE_MEMBERS,
        RemoveMembersRequest.newBuilder()
            .setConversationId(talk.conversationId())
            .addAllUserIds(users)
            .build(),
        reply -> {
          if (reply.getRemovedCount() == 0) {
            screen.print(Lines.note("They are not here."));
          }
        });
  }

  private void code(Talk talk) {
    asking.ask(
        Calls.CREATE_CODE,
        CreateCodeRequest.newBuilder().setConversationId(talk.conversationId()).build(),
        reply ->
            screen.print(Lines.note("For a week, others come in with: /join " + reply.getCode())));
  }

  private void leave(Talk talk) {
    asking.ask(
        Calls.LEAVE,
        LeaveRequest.newBuilder().setConversationId(talk.conversationId()).build(),
        reply -> screen.print(Lines.note("You have left.")));
  }
}
