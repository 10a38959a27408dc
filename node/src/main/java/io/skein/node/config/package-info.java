/**
 * The configuration: one YAML file, every key of which the environment can override, mapped once
 * onto typed interfaces and from there onto the validated records of the modules. The interfaces
 * are the only place where a key, its default and its meaning are written down; the checks, the
 * commented file and the table of all keys are made from them.
 */
package io.skein.node.config;
