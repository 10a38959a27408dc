/**
 * What happens to a call: those about the connection are answered here, all others go over the bus
 * by the method table, with their params unopened.
 */
package io.skein.gateway.call;
