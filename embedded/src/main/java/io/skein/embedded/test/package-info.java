/**
 * Stores for tests: one Postgres and one Redis per test JVM, started when first asked for and gone
 * with the JVM. Every test gets a database of its own, so tests do not see each other.
 *
 * <p>For modules that use this one in test scope; the {@code node} never touches this package.
 */
package io.skein.embedded.test;
