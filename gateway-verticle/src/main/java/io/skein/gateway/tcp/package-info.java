/** The TCP door: a preamble line chooses the encoding, then frames follow in both directions. */
package io.skein.gateway.tcp;
