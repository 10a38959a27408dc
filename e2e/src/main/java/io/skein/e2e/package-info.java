/** Black-box and fault tests against real node processes. */
package io.skein.e2e;
