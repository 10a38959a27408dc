/**
 * Tokens: how they are made ({@link io.skein.session.token.TokenIssuer}, which also works without a
 * mesh, for the command line) and how they are checked. Signatures are vertx-auth-jwt's business;
 * the claims are checked here, so that every refusal says what is wrong and every token must
 * expire.
 */
package io.skein.session.token;
