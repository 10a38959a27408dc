/**
 * What every service stands on: the typed {@link io.skein.mesh.Bus}, the {@link io.skein.mesh.Ring}
 * of ready instances, and the life cycle of a {@link io.skein.mesh.ServiceInstance}. The raw event
 * bus is used nowhere else.
 */
package io.skein.mesh;
