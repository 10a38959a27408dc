/**
 * Large conversations: their entries come once for the whole gateway, which finds the members among
 * its own users. It learns them from the message service, and only what it does not know yet.
 */
package io.skein.gateway.room;
