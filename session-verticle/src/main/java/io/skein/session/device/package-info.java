/**
 * The devices of a user: listed, logged out, revoked, kicked. A revocation is first made true in
 * Postgres, where it bars tokens and raises the fence, and is answered when every connection that
 * relied on them is closed.
 */
package io.skein.session.device;
