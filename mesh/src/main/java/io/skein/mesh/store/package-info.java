/** Bounded, failure-mapping access to Postgres and Redis, shared by the services of a process. */
package io.skein.mesh.store;
