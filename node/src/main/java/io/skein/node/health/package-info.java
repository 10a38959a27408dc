/** What operators look at: the management port with metrics and health. */
package io.skein.node.health;
