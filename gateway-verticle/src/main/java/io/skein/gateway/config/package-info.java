/** The settings of a gateway as plain validated records, with their defaults and units. */
package io.skein.gateway.config;
