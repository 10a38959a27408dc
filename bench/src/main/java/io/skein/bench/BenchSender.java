package io.skein.bench;

import io.skein.client.Calls;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Device;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.io.IOException;
import java.util.UUID;

/**
 * Keeps a window of messages under way: every answer makes room for the next. Also asks before and
 * after how long the log is. Confined to the load's thread.
 */
final class BenchSender implements BenchConnection.User {
  private static final int CONNECT = 1;
  private static final int HEAD = 2;
  private static final int FIRST_SLOT = 3;

  private final BenchUser self;
  private final Target to;
  private final String conversationId;
  private final BenchPlan plan;
  private final BenchMeter meter;
  private final SendRequest[] slots;
  private final long[] sentAt;
  private BenchConnection connection;
  private boolean sending;
  private int headBefore = -1;
  private int headAfter = -1;
  private int acknowledged;
  private int open;

  BenchSender(
      BenchUser self, BenchUser to, String conversationId, BenchPlan plan, BenchMeter meter) {
    this.self = self;
    this.to = Target.newBuilder().setUserId(to.id()).build();
    this.conversationId = conversationId;
    this.plan = plan;
    this.meter = meter;
    this.slots = new SendRequest[plan.window()];
    this.sentAt = new long[plan.window()];
  }

  void use(BenchConnection opened) throws IOException {
    connection = opened;
    connect(opened, self, CONNECT);
  }

  static void connect(BenchConnection connection, BenchUser user, int id) throws IOException {
    connection.send(
        id,
        Calls.CONNECT,
        ConnectRequest.newBuilder()
            .setToken(user.token())
            .setDevice(Device.newBuilder().setId("bench").setPlatform("linux"))
            .build());
  }

  @Override
  public void received(ServerFrame frame) throws IOException {
    switch (frame.getId()) {
      case 0 -> {
        // Pushes to the sender's own device: marks.
      }
      case CONNECT -> {
        if (frame.hasError()) {
          throw new IOException(self.id() + " cannot connect: " + frame.getError().getMessage());
        }
        askHead();
      }
      case HEAD -> headIs(frame.hasError() ? 0 : headOf(frame));
      default -> answered(frame.getId() - FIRST_SLOT, frame);
    }
  }

  private static int headOf(ServerFrame frame) {
    return Calls.GET.decodeReply(frame.getResult()).getConversation().getHeadSeq();
  }

  private void headIs(int seq) {
    if (headBefore < 0) {
      headBefore = seq;
    } else {
      headAfter = seq;
    }
  }

  boolean isReady() {
    return headBefore >= 0;
  }

  void start() throws IOException {
    sending = true;
    for (int slot = 0; slot < slots.length; slot++) {
      sendNext(slot);
    }
    connection.flush();
  }

  void stop() {
    sending = false;
  }

  boolean isIdle() {
    return open == 0;
  }

  void askHead() throws IOException {
    connection.send(
        HEAD,
        Calls.GET,
        GetConversationRequest.newBuilder().setConversationId(conversationId).build());
    connection.flush();
  }

  boolean knowsHeadAfter() {
    return headAfter >= 0;
  }

  /** Messages that are in the log and were not acknowledged (above 0), or the other way round. */
  int difference() {
    return headAfter - headBefore - acknowledged;
  }

  private void sendNext(int slot) throws IOException {
    long now = System.nanoTime();
    String text = Long.toString(now);
    slots[slot] =
        SendRequest.newBuilder()
            .setTo(to)
            .setClientMsgId(UUID.randomUUID().toString())
            .setText(Text.newBuilder().setBody(text + ".".repeat(plan.bodyBytes() - text.length())))
            .build();
    sentAt[slot] = now;
    open++;
    connection.send(slot + FIRST_SLOT, Calls.SEND, slots[slot]);
  }

  private void answered(int slot, ServerFrame frame) throws IOException {
    if (frame.hasError()) {
      meter.refused++;
      meter.lastRefusal = frame.getError().getCode() + ": " + frame.getError().getMessage();
      if (!frame.getError().getRetryable()) {
        throw new IOException(self.id() + " cannot send: " + meter.lastRefusal);
      }
      // Once more, the same: it may be in the log already.
      connection.send(slot + FIRST_SLOT, Calls.SEND, slots[slot]);
      return;
    }
    open--;
    acknowledged++;
    meter.acknowledged(sentAt[slot]);
    if (sending) {
      sendNext(slot);
    }
  }
}
