package io.skein.mesh;

import java.util.UUID;

/**
 * Who this process is.
 *
 * @param nodeId its id in the cluster
 * @param bootId new at every start: fences what an earlier life left behind
 * @param version of the program, for operators
 */
public record NodeIdentity(String nodeId, String bootId, String version) {
  /** A new boot of a node. */
  public static NodeIdentity boot(String nodeId, String version) {
    return new NodeIdentity(nodeId, UUID.randomUUID().toString(), version);
  }
}
