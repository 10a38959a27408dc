/**
 * Messages that do not stay. They are noted in {@code message.expiry} when they are stored; when
 * their time is over they are recalled, by an entry of the log like any other.
 */
package io.skein.message.expiry;
