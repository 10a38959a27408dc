/**
 * What clients may put into a log: messages, what comes with them, and changes of earlier messages.
 * Checks happen here, before anything reaches the database; what depends on the log itself, such as
 * whose message is edited, is decided where the log is locked.
 */
package io.skein.message.content;
