/**
 * Erasing what a user has written. The session service drives it, step by step; each step is
 * bounded and may be repeated. What has lost its content is noted in {@code message.erasing}, and
 * when all is done each conversation is told by one entry of the log.
 */
package io.skein.message.erase;
