/** Who is online, since when, and who may see it. */
package io.skein.presence;
