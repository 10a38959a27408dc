/** How log lines look: for people on a terminal, as JSON for whatever collects them. */
package io.skein.node.log;
