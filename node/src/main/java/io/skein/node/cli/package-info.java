/**
 * The command line: one class a command. A command reads its options, asks another package to do
 * the work, and prints; what goes wrong is a {@link io.skein.node.problem.Problem}, never a stack
 * trace.
 */
package io.skein.node.cli;
