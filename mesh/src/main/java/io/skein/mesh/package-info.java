/** What every service stands on: typed bus, instance ring, service life cycle. */
package io.skein.mesh;
