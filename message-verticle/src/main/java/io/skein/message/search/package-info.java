/**
 * Finding messages by their words. The index follows the log some moments behind, so that sending
 * does not wait for it; one index holds words and conversations, so that a search looks at the
 * caller's conversations only. Text in scripts without spaces is cut into single characters and
 * pairs: a word of two Chinese characters is found as well as a long one, which an index of
 * trigrams cannot do.
 */
package io.skein.message.search;
