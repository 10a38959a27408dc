/**
 * A real Postgres 17 and a real Redis 6.2 as child processes of this JVM, for {@code ./skein dev}
 * and for tests: nobody has to install anything, and nothing is faked.
 *
 * <p>The servers run with production durability, in process sessions of their own (a Ctrl-C in the
 * terminal reaches only the JVM, which then stops them in order), and bound to loopback. They
 * survive a kill of the JVM; therefore a {@link io.skein.embedded.DataFolder} is locked before it
 * is used, and what an earlier run left behind in it is ended first. "Ours" is decided by looking
 * at the processes themselves (program and working folder under {@code /proc}), never by a process
 * id in a file, which may belong to somebody else by now.
 *
 * <p>Everything here blocks. Call it from start-up code or a worker, not from an event loop.
 */
package io.skein.embedded;
