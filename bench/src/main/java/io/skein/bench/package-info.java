/**
 * Load through the doors, as clients make it: connected, authenticated, confirming what they
 * receive. The frames are the real ones; only the client is leaner than the SDK's, since it shares
 * the machine with the server: one thread and a selector for all connections.
 */
package io.skein.bench;
