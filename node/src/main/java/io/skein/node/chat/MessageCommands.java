package io.skein.node.chat;

import io.skein.client.Calls;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands about single messages, named by the number that is shown behind them. */
final class MessageCommands {
  private static final Pattern NUMBERED = Pattern.compile("#?(\\d{1,9})(?:\\s+(.*))?");
  private static final int FOUND = 20;

  private final Asking asking;
  private final Screen screen;
  private final Lines lines;

  MessageCommands(Asking asking, Screen screen, Lines lines) {
    this.asking = asking;
    this.screen = screen;
    this.lines = lines;
  }

  /** A command's number and what follows it. */
  private record Numbered(int seq, String rest) {}

  /** False: it is no command about a message. */
  boolean run(Talk talk, Input.Command command) {
    String usage =
        switch (command.name()) {
          case "reply", "r" -> "/reply NUMBER TEXT";
          case "edit", "e" -> "/edit NUMBER TEXT";
          case "recall" -> "/recall NUMBER";
          case "react" -> "/react NUMBER EMOJI (again: takes it back)";
          case "pin" -> "/pin NUMBER";
          case "search", "s" -> "/search WORDS";
          default -> "";
        };
    if (usage.isEmpty()) {
      return false;
    }
    if (command.name().startsWith("s")) {
      search(command.argument());
    } else if (talk == null) {
      screen.print(Lines.bad("Open a conversation first: /with NAME."));
    } else {
      numbered(command.argument())
          .ifPresentOrElse(
              about -> change(talk, command.name(), about),
              () -> screen.print(Lines.bad("It goes like this: " + usage)));
    }
    return true;
  }

  private static Optional<Numbered> numbered(String argument) {
    Matcher matcher = NUMBERED.matcher(argument);
    return matcher.matches()
        ? Optional.of(
            new Numbered(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2) == null ? "" : matcher.group(2).strip()))
        : Optional.empty();
  }

  private void change(Talk talk, String command, Numbered about) {
    SendRequest.Builder request = SendRequest.newBuilder().setTo(talk.target());
    Text text = Text.newBuilder().setBody(about.rest()).build();
    switch (command) {
      case "reply", "r" ->
          request.setText(text).setContext(EntryContext.newBuilder().setReplyToSeq(about.seq()));
      case "edit", "e" -> request.setEdit(Edit.newBuilder().setSeq(about.seq()).setText(text));
      case "recall" -> request.setRecall(Recall.newBuilder().setSeq(about.seq()));
      case "react" -> request.setReaction(reaction(talk, about));
      default -> request.setPin(Pin.newBuilder().setSeq(about.seq()));
    }
    asking.send(request.build(), reply -> {});
  }

  private static Reaction reaction(Talk talk, Numbered about) {
    boolean removed = !talk.reacts(about.seq(), about.rest());
    return Reaction.newBuilder()
        .setSeq(about.seq())
        .setKey(about.rest())
        .setRemoved(removed)
        .build();
  }

  private void search(String words) {
    asking.ask(
        Calls.SEARCH,
        SearchRequest.newBuilder().setQuery(words).setLimit(FOUND).build(),
        reply -> {
          if (reply.getEntriesCount() == 0) {
            screen.print(Lines.note("Nothing found."));
          }
          reply.getEntriesList().reversed().forEach(entry -> screen.print(lines.entry(entry)));
        });
  }
}
