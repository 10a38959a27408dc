/**
 * Values that are kept beside the log, the last one of each key: what whoever joins must know, and
 * would else look for through the whole log. They are written where all entries are appended.
 */
package io.skein.message.retained;
