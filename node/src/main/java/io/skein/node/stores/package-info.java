/**
 * What must be true of Postgres and Redis before a service starts: they answer, Postgres keeps what
 * it commits, the tables are up to date.
 */
package io.skein.node.stores;
