/** Accounts and tokens of those who make the load, got before anything is measured. */
package io.skein.bench.people;
