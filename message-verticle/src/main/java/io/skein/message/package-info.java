/** Conversations as logs: append, history, sync, read marks, fan-out. */
package io.skein.message;
