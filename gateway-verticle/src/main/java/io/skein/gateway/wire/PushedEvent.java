package io.skein.gateway.wire;

import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.v1.Event;

/**
 * One event for many connections: converted once for each encoding that is asked for.
 *
 * <p>Not thread-safe: made and used by one gateway instance.
 */
public final class PushedEvent {
  private final Push push;
  private byte[] proto;
  private byte[] json;
  private String name;

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

  /** Whether it may be dropped on the way to a slow client. */
  boolean droppable() {
    return push.getTransient();
  }

  /** The protobuf bytes, as they came. */
  byte[] proto() {
    if (proto == null) {
      proto = push.getEvent().toByteArray();
    }
    return proto;
  }

  /** The beginning of a JSON frame, with the connection's own push number. */
  byte[] jsonHead(int number) {
    return JsonEvents.head(name(), number);
  }

  /** What follows the push number in a JSON frame, with the line end. */
  byte[] jsonTail() {
    name();
    return json;
  }

  private String name() {
    if (json == null) {
      Event event = (Event) JsonBodies.parse(Event.getDefaultInstance(), push.getEvent());
      name = JsonEvents.name(event);
      json = JsonEvents.tail(event);
    }
    return name;
  }
}
