/** A real Postgres and Redis beside the process, for dev mode and tests. */
package io.skein.embedded;
