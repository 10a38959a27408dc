/**
 * Who is where. A Redis hash per user says which gateway holds which device; the epoch of each
 * record is a fence from Postgres, so that nothing late, repeated or out of order replaces what is
 * newer. The instance that the ring gives a user keeps the user's records in memory too, numbers
 * the pushes of each session and groups them by gateway.
 */
package io.skein.session.directory;
