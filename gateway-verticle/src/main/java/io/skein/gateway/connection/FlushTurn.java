package io.skein.gateway.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Gathers what is queued during one turn of the event loop and writes it at the turn's end: a
 * hundred pushes to a connection become one write and one flush.
 */
public final class FlushTurn {
  private final Executor nextTurn;
  private final Runnable beforeWriting;
  private List<Outbound> marked = new ArrayList<>();
  private boolean scheduled;

  /**
   * @param nextTurn runs a task after what the event loop is doing now
   * @param beforeWriting called before anything is written in a turn
   */
  public FlushTurn(Executor nextTurn, Runnable beforeWriting) {
    this.nextTurn = nextTurn;
    this.beforeWriting = beforeWriting;
  }

  void mark(Outbound outbound) {
    marked.add(outbound);
    if (!scheduled) {
      scheduled = true;
      nextTurn.execute(this::run);
    }
  }

  private void run() {
    beforeWriting.run();
    List<Outbound> batch = marked;
    marked = new ArrayList<>(batch.size());
    scheduled = false;
    batch.forEach(Outbound::endOfTurn);
  }
}
