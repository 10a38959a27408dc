/**
 * Any method from the command line: its schema for people to read, parameters from words, and the
 * call through the HTTP door. All of it follows the method table; a new method needs no code here.
 */
package io.skein.node.api;
