/** The Java client; no Vert.x, so that Android can use it. */
package io.skein.client;
