package io.skein.message.program;

import com.google.protobuf.ByteString;
import io.skein.message.program.Item.Type;
import io.skein.message.program.Step.Setting;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.SendRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the service must answer and keep. Answers are texts such as {@code stored 5} and {@code
 * refused not_found}, so that a difference can be read.
 */
final class Model {
  final List<Log> logs = new ArrayList<>();
  private final Map<String, Sent> sent = new HashMap<>();

  /** What was stored under a client message id. */
  private record Sent(int seq, int thread, ByteString content) {}

  Model copy() {
    Model copy = new Model();
    logs.forEach(log -> copy.logs.add(log.copy()));
    copy.sent.putAll(sent);
    return copy;
  }

  static String refused(ErrorCode code) {
    return "refused " + code.word();
  }

  static String stored(int seq, int thread) {
    return "stored " + seq + (thread > 0 ? " in thread " + thread : "");
  }

  /** Anything that goes through messages.send. */
  String send(String user, int in, SendRequest request) {
    Log log = logs.get(in);
    log.open(user);
    Sent first = sent.get(user + request.getClientMsgId());
    if (first != null) {
      boolean same = isErased(log, first) || first.content.equals(contentOf(request));
      return same ? stored(first.seq, first.thread) : refused(ErrorCode.CONFLICT);
    }
    Optional<Seat> seat = log.present(user);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!mayPost(log, seat.get(), request)) {
      return refused(ErrorCode.PERMISSION_DENIED);
    }
    int thread = 0;
    if (request.hasText()) {
      int answers = request.getContext().getReplyToSeq();
      if (answers > 0) {
        Optional<Item> answered = log.message(seat.get(), answers);
        if (answered.isEmpty()) {
          return refused(ErrorCode.NOT_FOUND);
        }
        thread = answered.get().thread > 0 ? answered.get().thread : answers;
      }
      TreeSet<String> mentions = mentions(log, request.getContext());
      log.append(user, Type.MESSAGE, request.getText().getBody(), answers, thread, 0, mentions);
    } else {
      Change change = Change.of(request);
      Optional<ErrorCode> refusal = change.apply(log, user);
      if (refusal.isPresent()) {
        return refused(refusal.get());
      }
      log.append(user, Type.CHANGE, change.toString(), 0, 0, change.seq(), new TreeSet<>());
    }
    sent.put(user + request.getClientMsgId(), new Sent(log.head(), thread, contentOf(request)));
    return stored(log.head(), thread);
  }

  private static ByteString contentOf(SendRequest request) {
    return request.toBuilder().clearTo().build().toByteString();
  }

  /** What was taken back, and every edit of it, has no content to compare with. */
  private static boolean isErased(Log log, Sent first) {
    return log.at(first.seq).content.equals(Change.GONE);
  }

  private static boolean mayPost(Log log, Seat seat, SendRequest request) {
    boolean posts = request.hasText() || request.hasEdit();
    return !(posts && log.onlyAdminsPost && !seat.leads()) && !(seat.muted && !request.hasRecall());
  }

  private static TreeSet<String> mentions(Log log, EntryContext context) {
    TreeSet<String> mentions = new TreeSet<>();
    context.getMentionsList().stream()
        .filter(user -> log.present(user).isPresent())
        .forEach(mentions::add);
    if (context.getMentionAll()) {
      mentions.add("");
    }
    return mentions;
  }

  String read(String user, int in, int seq) {
    Log log = logs.get(in);
    Optional<Seat> seat = log.present(user);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    int mark = Math.min(seq, log.head());
    seat.get().read = Math.max(seat.get().read, mark);
    seat.get().delivered = Math.max(seat.get().delivered, mark);
    seat.get().settings.remove(Setting.MARKED_UNREAD);
    return readAnswer(seat.get().read, log.unread(user), total(user));
  }

  static String readAnswer(int seq, int unread, int total) {
    return "read " + seq + ", unread " + unread + " of " + total;
  }

  /** Nobody can have received what is not there: such a mark is ignored. */
  String deliver(String user, int in, int seq) {
    Log log = logs.get(in);
    log.present(user)
        .filter(seat -> seq <= log.head())
        .ifPresent(seat -> seat.delivered = Math.max(seat.delivered, seq));
    return "done";
  }

  String clear(String user, int in, int seq) {
    Log log = logs.get(in);
    Optional<Seat> seat = log.present(user);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    read(user, in, seq);
    seat.get().cleared = Math.max(seat.get().cleared, Math.min(seq, log.head()));
    return "cleared " + seat.get().cleared;
  }

  String configure(String user, int in, Setting setting, boolean on) {
    Optional<Seat> seat = logs.get(in).present(user);
    if (seat.isEmpty()) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (on) {
      seat.get().settings.add(setting);
    } else {
      seat.get().settings.remove(setting);
    }
    return seat.get().settings.toString();
  }

  int total(String user) {
    return logs.stream().mapToInt(log -> log.unread(user)).sum();
  }
}
