/**
 * The durable queue of hints: a Redis Stream read by a consumer group, with the hints that wait for
 * their time and the dead letters beside it. All three share one hash tag, so that a script can
 * move a hint from one to another in one step.
 */
package io.skein.notify.queue;
