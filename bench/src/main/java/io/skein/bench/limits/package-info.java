/**
 * The yardstick: what machine and database allow at the moment, without the server. A figure beside
 * it can be compared with one of another day or machine.
 */
package io.skein.bench.limits;
