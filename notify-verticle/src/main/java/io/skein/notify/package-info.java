/** The durable push queue and its providers. */
package io.skein.notify;
