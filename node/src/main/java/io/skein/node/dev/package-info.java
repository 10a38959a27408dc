/**
 * Dev mode: everything in one process with stores of its own, people to talk to, and a greeting
 * that works when pasted. Insecure on purpose, and it says so.
 */
package io.skein.node.dev;
