/**
 * Accounts and the ways to get tokens for them: registration, login by password, refresh. Passwords
 * are hashed on worker threads of their own, so that a storm of logins costs bounded time and
 * memory and never an event loop.
 */
package io.skein.session.account;
