package io.skein.bench.scenario;

import io.skein.bench.load.Load;
import io.skein.bench.load.OpenLoop;
import io.skein.bench.load.Scene;
import java.util.function.LongConsumer;

/** An open loop of messages. */
final class PacedLoad implements Load {
  private final Scene scene;
  private final OpenLoop loop;

  /** {@code action} gets the time at which it was due. */
  PacedLoad(Scene scene, double perSecond, LongConsumer action) {
    this.scene = scene;
    this.loop = new OpenLoop(scene.stage().loop(), perSecond, scene.meter(), action);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isQuiet() {
    return scene.isQuiet();
  }
}
