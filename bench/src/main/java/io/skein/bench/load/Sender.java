package io.skein.bench.load;

import io.skein.bench.LoadException;
import io.skein.bench.wire.Answered;
import io.skein.bench.wire.LoadLoop;
import io.skein.bench.wire.Session;
import io.skein.client.Calls;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Sends messages of one session, and again what is refused for the moment. */
public final class Sender {
  /** Some calls are left for confirmations. */
  private static final int RESERVED = 8;

  /** What waits for room; more means that the server will never catch up. */
  private static final int MAX_BACKLOG = 20_000;

  private static final Duration AGAIN = Duration.ofMillis(20);

  private final LoadLoop loop;
  private final Session session;
  private final Bodies bodies;
  private final Traffic traffic;
  private final Queue<Due> backlog = new ArrayDeque<>();
  private Runnable acknowledged = () -> {};
  private int open;

  /** A conversation as its sender names it. */
  public record Destination(Target target, Ledger ledger) {}

  private record Due(Destination to, long since) {}

  public Sender(LoadLoop loop, Session session, Bodies bodies, Traffic traffic) {
    this.loop = loop;
    this.session = session;
    this.bodies = bodies;
    this.traffic = traffic;
  }

  /** Is run after each acknowledgement. */
  public void onAcknowledged(Runnable next) {
    acknowledged = next;
  }

  public Session session() {
    return session;
  }

  /** Nothing is under way, and nothing waits. */
  public boolean isIdle() {
    return open == 0 && backlog.isEmpty();
  }

  /**
   * Sends now, or as soon as there is room.
   *
   * @param since when it was due; its latency counts from then
   */
  public void send(Destination to, long since) {
    if (session.room() > RESERVED) {
      sendNow(to, since);
    } else if (backlog.size() < MAX_BACKLOG) {
      backlog.add(new Due(to, since));
    } else {
      throw new LoadException(
          "the server does not keep up: more than "
              + MAX_BACKLOG
              + " messages of one sender wait; ask for less");
    }
  }

  private void sendNow(Destination to, long since) {
    String id = newId();
    SendRequest request =
        SendRequest.newBuilder()
            .setTo(to.target())
            .setClientMsgId(id)
            .setText(Text.newBuilder().setBody(bodies.of(since)))
            .build();
    open++;
    session.call(Calls.SEND, request, new Post(to.ledger(), request, since));
  }

  /** Random enough, and without the cost of a secure random number. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 0x8000000000000000L)
        .toString();
  }

  /** One message under way. */
  private final class Post implements Answered {
    private final Ledger ledger;
    private final SendRequest request;
    private final long since;

    Post(Ledger ledger, SendRequest request, long since) {
      this.ledger = ledger;
      this.request = request;
      this.since = since;
    }

    @Override
    public void answered(ServerFrame frame) {
      if (frame.hasError()) {
        refused(frame.getError());
        return;
      }
      open--;
      SendReply reply = Calls.SEND.decodeReply(frame.getResult());
      ledger.acknowledged(reply.getSeq(), request.getClientMsgId());
      traffic.acknowledged(since, ledger.audience());
      if (!backlog.isEmpty() && session.room() > RESERVED) {
        Due next = backlog.remove();
        sendNow(next.to, next.since);
      }
      acknowledged.run();
    }

    /** Once more the same: it may be in the log already. */
    private void refused(Error error) {
      String why = error.getCode() + ": " + error.getMessage();
      if (!error.getRetryable()) {
        throw new LoadException(session.user().id() + " cannot send: " + why);
      }
      traffic.refused(why);
      Duration wait = error.hasRetryAfterMs() ? Duration.ofMillis(error.getRetryAfterMs()) : AGAIN;
      loop.after(wait, this::again);
    }

    private void again() {
      if (session.room() > 0) {
        session.call(Calls.SEND, request, this);
      } else {
        loop.after(AGAIN, this::again);
      }
    }
  }
}
