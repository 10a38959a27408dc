/**
 * Load through the doors, as clients make it: connected, authenticated, confirming what they
 * receive. {@code scenario} has the loads and {@code load} what they are made of; {@code wire} has
 * connections, {@code people} accounts; {@code measure}, {@code limits} and {@code report} turn it
 * into figures, and {@code command} is the command line.
 */
package io.skein.bench;
