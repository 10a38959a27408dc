/** The doors: connections, codecs, heartbeats, flow control. */
package io.skein.gateway;
