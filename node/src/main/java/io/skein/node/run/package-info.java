/**
 * The life of a process: wait for the stores, join the cluster, deploy services, become ready; and
 * the same backwards when it is told to stop.
 */
package io.skein.node.run;
