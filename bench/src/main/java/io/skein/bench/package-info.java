/** Load through the doors, with the client everyone uses. */
package io.skein.bench;
