package io.skein.node.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.MembershipEvent;
import io.skein.mesh.Membership;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;
import java.util.function.Consumer;

/** Who is in the cluster, as Hazelcast sees it: a hint, late by up to ten seconds. Thread-safe. */
public final class HazelcastMembership implements Membership {
  private final HazelcastClusterManager manager;

  HazelcastMembership(HazelcastClusterManager manager) {
    this.manager = manager;
  }

  /** The id of this node, new at every start. */
  public String nodeId() {
    return manager.getNodeId();
  }

  @Override
  public Set<String> nodeIds() {
    return Set.copyOf(manager.getNodes());
  }

  @Override
  public void onChange(Consumer<Set<String>> listener) {
    manager.getHazelcastInstance().getCluster().addMembershipListener(new Changes(listener));
  }

  private final class Changes implements InitialMembershipListener {
    private final Consumer<Set<String>> listener;

    private Changes(Consumer<Set<String>> listener) {
      this.listener = listener;
    }

    @Override
    public void init(InitialMembershipEvent event) {
      tell();
    }

    @Override
    public void memberAdded(MembershipEvent event) {
      tell();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      tell();
    }

    private void tell() {
      listener.accept(nodeIds());
    }
  }
}
