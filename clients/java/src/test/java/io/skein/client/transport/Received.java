package io.skein.client.transport;

import static org.awaitility.Awaitility.await;

import io.skein.protocol.v1.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what comes over a transport. */
final class Received implements TransportListener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final List<ServerFrame> frames = new CopyOnWriteArrayList<>();
  final List<String> ends = new CopyOnWriteArrayList<>();

  @Override
  public void onFrame(ServerFrame frame) {
    frames.add(frame);
  }

  @Override
  public void onClosed(int closeCode, String reason) {
    ends.add(closeCode + " " + reason);
  }

  List<ServerFrame> frames(int count) {
    await().atMost(PATIENCE).until(() -> frames.size() >= count);
    return frames;
  }

  String end() {
    await().atMost(PATIENCE).until(() -> !ends.isEmpty());
    return ends.getFirst();
  }
}
