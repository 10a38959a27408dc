/**
 * What all loads are made of: connected users, messages under way, what was acknowledged and must
 * be found again, and the phases of a run.
 */
package io.skein.bench.load;
