/** Accounts, tokens, devices, and the directory of who is where. */
package io.skein.session;
