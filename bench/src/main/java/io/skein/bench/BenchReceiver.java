package io.skein.bench;

import io.skein.client.Calls;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;

/** Receives, looks at the order, confirms now and then. Confined to the load's thread. */
final class BenchReceiver implements BenchConnection.User {
  private static final int CONNECT = 1;
  private static final int DELIVERED = 2;

  private final BenchUser self;
  private final BenchMeter meter;
  private BenchConnection connection;
  private boolean ready;
  private int lastSeq;
  private int confirmedSeq;
  private String conversationId = "";
  private int confirmations;

  BenchReceiver(BenchUser self, BenchMeter meter) {
    this.self = self;
    this.meter = meter;
  }

  void use(BenchConnection opened) throws IOException {
    connection = opened;
    BenchSender.connect(opened, self, CONNECT);
  }

  @Override
  public void received(ServerFrame frame) throws IOException {
    if (frame.getId() == CONNECT) {
      if (frame.hasError()) {
        throw new IOException(self.id() + " cannot connect: " + frame.getError().getMessage());
      }
      ready = true;
    } else if (frame.getEvent().hasEntry()) {
      received(frame.getEvent().getEntry());
    } else if (frame.getEvent().hasBye()) {
      throw new IOException("bye: " + frame.getEvent().getBye().getReason());
    }
  }

  private void received(Entry entry) {
    if (lastSeq != 0 && entry.getSeq() != lastSeq + 1) {
      meter.outOfOrder++;
    }
    lastSeq = Math.max(lastSeq, entry.getSeq());
    conversationId = entry.getConversationId();
    String body = entry.getText().getBody();
    meter.delivered(Long.parseLong(body.substring(0, body.indexOf('.'))));
  }

  /** Confirms what has come since the last time. */
  void confirm() throws IOException {
    if (lastSeq > confirmedSeq) {
      confirmedSeq = lastSeq;
      connection.send(
          DELIVERED + confirmations++ % 1_000_000,
          Calls.DELIVERED,
          DeliveredRequest.newBuilder()
              .setConversationId(conversationId)
              .setSeq(confirmedSeq)
              .build());
      connection.flush();
    }
  }

  boolean isReady() {
    return ready;
  }
}
