package io.skein.mesh;

import java.util.Set;
import java.util.function.Consumer;

/** Which nodes the cluster manager counts as members; a hint, seconds late. */
public interface Membership {
  /** The ids of all nodes, this one included. */
  Set<String> nodeIds();

  /** Tells every change, on any thread, with all ids after it. */
  void onChange(Consumer<Set<String>> listener);
}
