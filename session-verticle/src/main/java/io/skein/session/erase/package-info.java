/**
 * The end of an account, and what is held about one. An erasure is a row in Postgres before it is
 * answered; any instance then has the other services erase their parts, step by step, until nothing
 * is left.
 */
package io.skein.session.erase;
