/**
 * The Java client: keeps a connection, sends what the application wants sent exactly once and in
 * order, and hands it every entry exactly once and in order, whatever the network does. No Vert.x,
 * so that Android can use it.
 *
 * <p>{@link io.skein.client.SkeinClient} is the way in. All state lives on one thread (the {@code
 * Loop}), so that the parts need no locks; the application is called on another one.
 */
package io.skein.client;
