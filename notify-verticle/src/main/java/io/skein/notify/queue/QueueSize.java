package io.skein.notify.queue;

/**
 * How much lies in the queue.
 *
 * @param length hints that wait for a consumer or are being worked on
 * @param delayed hints that wait for their time
 * @param dead dead letters
 */
public record QueueSize(long length, long delayed, long dead) {}
