/** What each user wants of a conversation, the same on all of the user's devices. */
package io.skein.message.settings;
