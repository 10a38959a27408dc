/** The loads: what each of them does, and what its figures are. */
package io.skein.bench.scenario;
