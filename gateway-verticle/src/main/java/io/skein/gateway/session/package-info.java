/**
 * The link to the session service: verifying tokens, opening and closing sessions, and comparing
 * now and then what both sides believe.
 */
package io.skein.gateway.session;
