/**
 * The HTTP door: each method as {@code POST /v1/<service>/<method>} with JSON, the health of the
 * process, and the path on which WebSockets are upgraded.
 */
package io.skein.gateway.http;
