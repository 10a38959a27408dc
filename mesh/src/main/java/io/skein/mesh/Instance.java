package io.skein.mesh;

/**
 * One running instance of a service.
 *
 * @param service {@code "message"}
 * @param id unique in the cluster and for this life of the instance
 * @param nodeId of the process in the cluster
 * @param bootId new at every start of the process
 */
public record Instance(String service, String id, String nodeId, String bootId) {
  /** Where the instance listens on the bus. */
  String address() {
    return "skein." + service + "." + id;
  }
}
