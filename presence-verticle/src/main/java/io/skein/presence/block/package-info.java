/**
 * Whom users do not want to hear from. The list is here; that it holds for messages and groups is
 * the message service's doing, where it is decided together with what is sent.
 */
package io.skein.presence.block;
