/**
 * What goes out without being asked for, and what comes back about it: pushes of the session
 * service, confirmations, and hints to notify about what was not confirmed.
 */
package io.skein.gateway.push;
