/** All that the message service holds about a user, in pages, for the user to take along. */
package io.skein.message.export;
