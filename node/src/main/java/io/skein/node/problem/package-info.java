/**
 * What goes wrong, told to a person: what happened, why, and what to do about it. Everything that
 * ends a command is one of these; anything else is a defect of ours.
 */
package io.skein.node.problem;
