package io.skein.gateway.connection;

import com.google.protobuf.ByteString;
import io.skein.gateway.connection.ConnectionObserver.Missed;
import io.skein.gateway.wire.BrokenFrameException;
import io.skein.gateway.wire.Call;
import io.skein.gateway.wire.Encoding;
import io.skein.gateway.wire.Frame;
import io.skein.gateway.wire.PushedEvent;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One client's connection. It is new until its session is open, then open until somebody closes it.
 * Lives on the event loop of its instance.
 */
public final class Connection implements Swept {
  private enum State {
    NEW,
    OPENING,
    OPEN,
    /** Takes no calls and pushes; what is queued and {@code bye} are on their way. */
    CLOSING,
    CLOSED
  }

  /** Who has so many tokens refused is guessing, or does not listen. */
  private static final int MAX_BAD_TOKENS = 3;

  private final long number;
  private final Encoding encoding;
  private final Transport transport;
  private final Surroundings around;
  private final Outbound outbound;
  private final Deadlines deadlines;
  private final Admission admission;
  private final SessionPushes pushes;
  private final SendOrder order;
  private final CallerInfo anonymous;
  private State state = State.NEW;
  private Session session;
  private int badTokens;
  private long cutAt;
  private Bye byeWhenIdle;

  Connection(long number, Encoding encoding, Transport transport, Surroundings around, long since) {
    this.number = number;
    this.encoding = encoding;
    this.transport = transport;
    this.around = around;
    outbound = new Outbound(transport, around.turn(), around.limits().maxOutboundBytes());
    deadlines = new Deadlines(around.timing(), since);
    admission = new Admission(around.limits(), around.nanoTime());
    order = new SendOrder(around.nanoTime(), around.timing().holdTime());
    pushes = new SessionPushes(encoding, around);
    anonymous = CallerInfo.newBuilder().setRemoteAddress(transport.remoteAddress()).build();
  }

  /** Unique among the connections of this instance's life. */
  public long number() {
    return number;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** Who calls: nobody yet, before the session is open. */
  public CallerInfo caller() {
    return session == null ? anonymous : session.caller();
  }

  /** Stays after the close. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  public boolean isClosed() {
    return state == State.CLOSING || state == State.CLOSED;
  }

  /** The order of what the client pipelines. */
  public SendOrder order() {
    return order;
  }

  // --- what the client says -------------------------------------------------------------------

  /** Takes a frame as it was cut from the stream. */
  public void receive(byte[] frame) {
    if (isClosed()) {
      return;
    }
    deadlines.frameSeen(now());
    around.metrics().frameIn();
    Duration wait = admission.nextCall();
    try {
      Call call = encoding.decode(frame);
      admission
          .refuse(call, wait)
          .ifPresentOrElse(refusal -> refuse(call, refusal), () -> handle(call));
      if (order.isFull()) {
        close(CloseCode.OVERLOADED, "too many refused calls wait to be repeated");
      }
    } catch (BrokenFrameException broken) {
      if (broken.recoverable()) {
        SkeinException refusal = admission.tooFast(wait).orElse(broken.reason());
        send(encoding.error(broken.id(), refusal.toError()));
      } else {
        close(CloseCode.PROTOCOL_ERROR, broken.getMessage());
      }
    }
  }

  /** Notes a sign of life that is no frame, a WebSocket ping for example. */
  public void alive() {
    deadlines.frameSeen(now());
  }

  /** Ends the connection because its stream cannot be cut into frames any further. */
  public void unreadable(SkeinException reason) {
    boolean tooLarge = reason.code() == ErrorCode.TOO_LARGE;
    close(tooLarge ? CloseCode.FRAME_TOO_LARGE : CloseCode.PROTOCOL_ERROR, reason.getMessage());
  }

  private void refuse(Call call, SkeinException refusal) {
    if (state == State.OPEN && refusal.code().retryable()) {
      around.calls().refused(this, call);
    }
    send(encoding.error(call.id(), refusal.toError()));
  }

  private void handle(Call call) {
    if (byeWhenIdle != null) {
      refuse(call, new SkeinException(ErrorCode.UNAVAILABLE, byeWhenIdle.getReason()));
      return;
    }
    admission.started(call.id());
    around.calls().handle(this, call);
  }

  // --- what the server says -------------------------------------------------------------------

  /** Answers a call with the encoded reply message. */
  public void reply(int id, MethodInfo method, ByteString result) {
    answer(id, encoding.reply(id, method, result));
  }

  /** Answers a call with an error. */
  public void fail(int id, Error error) {
    answer(id, encoding.error(id, error));
  }

  private void answer(int id, Frame frame) {
    admission.answered(id);
    if (!isClosed()) {
      send(frame);
      pushEarly();
      closeIfIdle();
    }
  }

  /** Sends an event of this connection's own. */
  public void send(Event event) {
    if (!isClosed()) {
      send(encoding.event(event));
    }
  }

  /**
   * Queues a push for the session, if this connection holds it. The first ones may overtake the
   * answer that tells the session's id: they wait for it.
   *
   * @param number the push number; 0: not counted
   */
  public boolean push(String sessionId, int number, PushedEvent event) {
    if (state == State.OPENING) {
      return pushes.keepEarly(sessionId, number, event);
    }
    if (state != State.OPEN || !session.id().equals(sessionId)) {
      return false;
    }
    if (event.wantsConfirmation(session.userId())) {
      // Before it is queued: where there is no room the connection ends, and with it the wait.
      report(pushes.awaitConfirmation(event, now()));
    }
    pushes.frame(number, event).ifPresent(this::send);
    return true;
  }

  private void pushEarly() {
    if (state == State.OPEN) {
      pushes.takeEarly().forEach(one -> push(one.sessionId(), one.number(), one.event()));
    }
  }

  /** The device has all entries up to seq. */
  public void confirmed(String conversationId, int seq) {
    pushes.confirmed(conversationId, seq, now());
  }

  /** Notes the number of a push that the session service has given, seen or not. */
  public void counted(int number) {
    pushes.counted(number);
  }

  /** The highest push number known, unsigned. */
  public int lastPush() {
    return pushes.last();
  }

  private void send(Frame frame) {
    int dropped = outbound.add(frame);
    if (dropped < 0) {
      close(CloseCode.SLOW_CONSUMER, "more waits for this client than the server keeps");
      return;
    }
    around.metrics().frameOut();
    around.metrics().dropped(dropped);
  }

  // --- the session ----------------------------------------------------------------------------

  /** Begins to open the session; false: there is one, or one is being opened. */
  public boolean beginOpening() {
    if (state != State.NEW) {
      return false;
    }
    state = State.OPENING;
    return true;
  }

  /**
   * The session could not be opened: the client may try again until the deadline, but not with one
   * bad token after the other.
   */
  public void openingFailed(boolean badToken) {
    if (state != State.OPENING) {
      return;
    }
    state = State.NEW;
    pushes.takeEarly();
    if (badToken && ++badTokens == MAX_BAD_TOKENS) {
      closeWhenIdle(CloseCode.BAD_TOKEN.toBye("%d tokens were refused".formatted(badTokens)));
    }
  }

  /** The session is open; false: the connection was closed meanwhile. */
  public boolean opened(Session opened, Duration heartbeat, Duration tokenLeft) {
    if (state != State.OPENING) {
      return false;
    }
    state = State.OPEN;
    session = opened;
    deadlines.connected(heartbeat);
    deadlines.tokenLasts(tokenLeft, now());
    around.observer().opened(this);
    return true;
  }

  /** A fresh token took the place of the old one. */
  public void renewed(Duration tokenLeft) {
    deadlines.tokenLasts(tokenLeft, now());
  }

  // --- the end --------------------------------------------------------------------------------

  public void close(CloseCode code, String reason) {
    close(code.toBye(reason));
  }

  /** Says bye and closes, once; later reasons are ignored. */
  public void close(Bye bye) {
    if (isClosed()) {
      return;
    }
    end(State.CLOSING);
    around.metrics().closed(bye.getCode());
    cutAt = now() + around.timing().closeLinger().toNanos();
    Frame last = encoding.event(Event.newBuilder().setBye(bye).build());
    if (dropsQueue(bye.getCode())) {
      outbound.replaceBy(last);
    } else {
      outbound.addLast(last);
    }
    outbound.whenEmpty(() -> transport.close(bye.getCode(), bye.getReason()));
  }

  /** Takes no further calls and closes when those in flight are answered. */
  public void closeWhenIdle(Bye bye) {
    byeWhenIdle = bye;
    cutAt = now() + around.timing().drainWait().toNanos();
    closeIfIdle();
  }

  /** The door tells that the socket is gone. */
  public void gone() {
    if (state != State.CLOSED) {
      end(State.CLOSED);
      around.sweep().remove(this);
    }
  }

  private void closeIfIdle() {
    if (byeWhenIdle != null && admission.isIdle()) {
      close(byeWhenIdle);
    }
  }

  private void end(State next) {
    boolean first = !isClosed();
    state = next;
    if (first) {
      report(pushes.takeUnconfirmed());
      around.observer().closed(this);
    }
  }

  /** Whether what is queued is worthless, or would never leave. */
  private static boolean dropsQueue(int code) {
    return code == CloseCode.SLOW_CONSUMER.code() || code == CloseCode.STALE_NODE.code();
  }

  @Override
  public void sweep(long now) {
    if (state == State.CLOSING) {
      if (now - cutAt >= 0) {
        transport.abort();
      }
      return;
    }
    report(pushes.overdue(now));
    deadlines.tokenWarning(now).ifPresent(this::send);
    deadlines.passed(now).ifPresent(code -> close(code, Reasons.of(code)));
    if (byeWhenIdle != null && now - cutAt >= 0) {
      close(byeWhenIdle);
    }
  }

  private void report(List<Missed> missed) {
    if (!missed.isEmpty()) {
      around.metrics().unconfirmed(missed.size());
      around.observer().missed(session.userId(), missed);
    }
  }

  private long now() {
    return around.nanoTime().getAsLong();
  }
}
