/**
 * How frames travel: TCP or WebSocket, protobuf or JSON, behind one small port, so that a platform
 * without one of them (Android has no {@code java.net.http}) brings its own.
 */
package io.skein.client.transport;
