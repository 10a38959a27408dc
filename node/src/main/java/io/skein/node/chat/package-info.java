/**
 * A chat in the terminal, on the Java client only: what an application sees, and a way to try a
 * server by hand. Everything that happens in a chat happens on one thread, the client's callback
 * executor; lines that are typed are handed to it.
 */
package io.skein.node.chat;
