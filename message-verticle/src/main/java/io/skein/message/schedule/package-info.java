/**
 * Messages that are to be sent later. They wait in {@code message.scheduled} and are then sent like
 * any other; since the log knows them by their {@code clientMsgId}, it does not matter how often
 * that is tried.
 */
package io.skein.message.schedule;
