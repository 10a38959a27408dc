/**
 * Removing entries that are older than conversations of their kind are to keep them: whole
 * beginnings of the log, so that what is left stays without gaps.
 */
package io.skein.message.retention;
