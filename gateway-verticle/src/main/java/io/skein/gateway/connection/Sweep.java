package io.skein.gateway.connection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All deadlines of an instance on one timer: a timer for each connection would cost more than to
 * look at every connection once a tick.
 */
public final class Sweep {
  private final Set<Swept> all = new LinkedHashSet<>();

  public void add(Swept swept) {
    all.add(swept);
  }

  public void remove(Swept swept) {
    all.remove(swept);
  }

  /** Looks at all; those may add and remove while it does. */
  public void run(long now) {
    List<Swept> snapshot = new ArrayList<>(all);
    for (Swept swept : snapshot) {
      swept.sweep(now);
    }
  }
}
