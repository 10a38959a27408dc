/**
 * Many connections on one thread: the frames and codecs are those of the Java client, only sockets
 * and threads are leaner than an app's, since the load shares the machine with the server. All
 * classes here are confined to the load's thread.
 */
package io.skein.bench.wire;
