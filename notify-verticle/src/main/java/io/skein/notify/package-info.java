/**
 * Tells users about what they have not seen when none of their devices did: takes hints from the
 * queue, asks the message service what is still unread, and hands what is left to a provider.
 */
package io.skein.notify;
