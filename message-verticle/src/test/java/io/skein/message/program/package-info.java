/**
 * Random programs of users and their devices, run against the service and against a model that says
 * the same in the plainest way. {@link io.skein.message.program.Step} lists what can happen, {@link
 * io.skein.message.program.Model} what must come of it, {@link io.skein.message.program.Device}
 * what a client makes of what it is told.
 */
package io.skein.message.program;
