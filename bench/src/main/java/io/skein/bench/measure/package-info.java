/**
 * What is measured: latencies and rates within a window of time, when the messages of an open loop
 * are due, and what processes cost meanwhile.
 */
package io.skein.bench.measure;
