/** Gathers single calls into batches, so that a storm of them costs a few round trips. */
package io.skein.session.batch;
