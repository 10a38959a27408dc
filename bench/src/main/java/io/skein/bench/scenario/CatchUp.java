package io.skein.bench.scenario;

import io.skein.bench.LoadException;
import io.skein.bench.load.Stage;
import io.skein.bench.people.BenchUser;
import io.skein.bench.wire.Session;
import io.skein.client.Calls;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** A device that comes back: connects, asks what has changed, and reads every entry it lacks. */
final class CatchUp {
  private static final int PAGE = 200;
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;
  private final BenchUser user;

  /** What the device has kept from the last time. */
  private final Map<String, Integer> known = new HashMap<>();

  private String cursor = "";

  private Session session;
  private final Queue<Page> wanted = new ArrayDeque<>();
  private int open;
  private int entries;
  private boolean listed;
  private long connectedAt;
  private long listedAt;

  private record Page(String conversationId, int head) {}

  /** When what was done, of {@link System#nanoTime}; and how many entries were read. */
  record Result(long began, long connected, long listed, long ended, int entries) {}

  CatchUp(Stage stage, BenchUser user) {
    this.stage = stage;
    this.user = user;
  }

  /** Comes back once, and leaves again. */
  Result run() {
    open = 0;
    entries = 0;
    listed = false;
    long began = System.nanoTime();
    session =
        new Session(
            stage.loop(),
            stage.door(),
            stage.sources(),
            user,
            new Session.Pushes() {},
            this::connected);
    stage.loop().await("catching up", () -> listed && open == 0 && wanted.isEmpty(), PATIENCE);
    long ended = System.nanoTime();
    confirm();
    session.close();
    return new Result(began, connectedAt, listedAt, ended, entries);
  }

  private void connected() {
    connectedAt = System.nanoTime();
    sync();
  }

  private void sync() {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(PAGE).build();
    session.call(Calls.SYNC, request, this::synced);
  }

  private void synced(ServerFrame frame) {
    check(frame);
    SyncReply reply = Calls.SYNC.decodeReply(frame.getResult());
    for (Conversation conversation : reply.getConversationsList()) {
      String id = conversation.getConversationId();
      if (conversation.getHeadSeq() > known.getOrDefault(id, 0)) {
        wanted.add(new Page(id, conversation.getHeadSeq()));
      }
    }
    cursor = reply.getCursor();
    read();
    if (reply.getMore()) {
      sync();
    } else {
      listed = true;
      listedAt = System.nanoTime();
    }
  }

  private void read() {
    while (open < AT_ONCE && !wanted.isEmpty()) {
      Page page = wanted.remove();
      open++;
      HistoryRequest request =
          HistoryRequest.newBuilder()
              .setConversationId(page.conversationId)
              .setAfterSeq(known.getOrDefault(page.conversationId, 0))
              .setLimit(PAGE)
              .build();
      session.call(Calls.HISTORY, request, frame -> read(page, frame));
    }
  }

  private void read(Page page, ServerFrame frame) {
    check(frame);
    open--;
    HistoryReply reply = Calls.HISTORY.decodeReply(frame.getResult());
    int last = known.getOrDefault(page.conversationId, 0);
    for (Entry entry : reply.getEntriesList()) {
      if (entry.getSeq() != last + 1 && last != 0) {
        throw new LoadException("history has a gap after " + last + " in " + page.conversationId);
      }
      last = entry.getSeq();
      entries++;
    }
    known.put(page.conversationId, last);
    if (last < page.head && reply.getEntriesCount() > 0) {
      wanted.add(page);
    }
    read();
  }

  private static void check(ServerFrame frame) {
    if (frame.hasError()) {
      throw new LoadException("no catching up: " + frame.getError().getMessage());
    }
  }

  /** Else the user would be notified of what the device has. */
  private void confirm() {
    known.forEach(
        (id, seq) -> {
          stage.loop().await("a place to confirm", () -> session.room() > 0, PATIENCE);
          open++;
          session.call(
              Calls.DELIVERED,
              DeliveredRequest.newBuilder().setConversationId(id).setSeq(seq).build(),
              done -> open--);
        });
    stage.loop().await("confirming", () -> open == 0, PATIENCE);
  }
}
