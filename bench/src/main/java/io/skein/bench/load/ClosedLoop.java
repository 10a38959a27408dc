package io.skein.bench.load;

import java.util.ArrayList;
import java.util.List;

/** Each sender keeps a number of messages under way: every answer makes room for the next. */
public final class ClosedLoop implements Load {
  private final List<Lane> lanes = new ArrayList<>();
  private boolean running;

  private record Lane(Sender sender, Sender.Destination to, int window) {}

  /** One more sender, before the start. */
  public void add(Sender sender, Sender.Destination to, int window) {
    lanes.add(new Lane(sender, to, window));
    sender.onAcknowledged(
        () -> {
          if (running) {
            sender.send(to, System.nanoTime());
          }
        });
  }

  @Override
  public void start() {
    running = true;
    for (Lane lane : lanes) {
      for (int i = 0; i < lane.window; i++) {
        lane.sender.send(lane.to, System.nanoTime());
      }
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isQuiet() {
    return lanes.stream().allMatch(lane -> lane.sender.isIdle());
  }
}
