/** The WebSocket door: the subprotocol chooses the encoding; a message holds one or more frames. */
package io.skein.gateway.websocket;
