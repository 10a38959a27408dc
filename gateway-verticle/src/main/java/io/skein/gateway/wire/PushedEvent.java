package io.skein.gateway.wire;

import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event for many connections: converted once for each encoding that is asked for.
 *
 * <p>Not thread-safe: made and used by one gateway instance.
 */
public final class PushedEvent {
  private static final Logger LOG = LoggerFactory.getLogger(PushedEvent.class);

  private final Push push;
  private byte[] proto;
  private byte[] json;
  private String name;
  private boolean unwritable;

  public PushedEvent(Push push) {
    this.push = push;
  }

  /** Whether a device of this user has to confirm it. */
  public boolean wantsConfirmation(String userId) {
    return push.getSeq() != 0 && !push.getTransient() && !push.getSender().equals(userId);
  }

  public String conversationId() {
    return push.getConversationId();
  }

  /** Of an entry; 0: it is none. */
  public int seq() {
    return push.getSeq();
  }

  /** The frame for one connection: what it has of its own, and what it shares with others. */
  Frame frame(byte[] own, byte[] shared) {
    return push.getTransient()
        ? new Frame(own, shared, true, push.getCoalesceKey())
        : new Frame(own, shared);
  }

  /**
   * The protobuf bytes, as they came: what services push they have encoded themselves, and nothing
   * that a client or the database says gets into it without being decoded there.
   */
  byte[] proto() {
    if (proto == null) {
      proto = push.getEvent().toByteArray();
    }
    return proto;
  }

  /** Whether the JSON parts below are there; what prevents them is logged, once. */
  boolean isWritableAsJson() {
    if (json == null && !unwritable) {
      try {
        Event event = (Event) JsonBodies.parse(Event.getDefaultInstance(), push.getEvent());
        name = JsonEvents.name(event);
        json = JsonEvents.tail(event);
      } catch (RuntimeException failure) {
        unwritable = true;
        LOG.error("the event of {} {} cannot be written as JSON", conversationId(), seq(), failure);
      }
    }
    return !unwritable;
  }

  /** The beginning of a JSON frame, with the connection's own push number. */
  byte[] jsonHead(int number) {
    return JsonEvents.head(name, number);
  }

  /** What follows the push number in a JSON frame, with the line end. */
  byte[] jsonTail() {
    return json;
  }
}
