/**
 * Ways to reach a user's devices outside of Skein: the port, and one class for each service behind
 * it.
 */
package io.skein.notify.provider;
