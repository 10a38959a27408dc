package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** The process. */
public interface NodeSettings {
  @Doc("The services that this process runs; --services overrides it.")
  @WithDefault("gateway,session,message,presence,notify")
  Set<Service> services();

  @Doc("How long a start waits for Postgres and Redis before it gives up.")
  @WithDefault("60s")
  Duration storeTimeout();

  @Doc(
      "What to do when Postgres does not make commits durable (fsync, synchronous_commit, full_page_writes): refuse to start, or warn. With warn, acknowledged messages can be lost.")
  @WithDefault("refuse")
  Durability durability();

  @Doc("Whether a start brings the tables up to date; if not, run ./skein migrate before.")
  @WithDefault("true")
  boolean migrate();

  @Doc("How long a stopping node lets its services finish before it ends anyway.")
  @WithDefault("30s")
  Duration drainTimeout();

  @Doc("Threads that serve connections and calls; 0: two for each processor.")
  @WithDefault("0")
  int eventLoops();

  /** What to do about a Postgres that may forget commits. */
  enum Durability {
    REFUSE,
    WARN
  }
}
