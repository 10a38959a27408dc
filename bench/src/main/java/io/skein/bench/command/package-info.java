/** {@code ./skein bench}: options, and one command for each load. */
package io.skein.bench.command;
