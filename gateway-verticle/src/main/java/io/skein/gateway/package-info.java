/**
 * The doors. {@link io.skein.gateway.GatewayVerticle} opens TCP, WebSocket and HTTP and connects
 * what comes in with the other services over the bus. It authenticates, then routes each call by
 * the method table; it knows no rule of any business and keeps everything in memory.
 *
 * <p>All state of one instance lives on its event loop; nothing here is shared or locked.
 */
package io.skein.gateway;
