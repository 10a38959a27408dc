/**
 * The rules of the whole project that a machine can check: who may import whom, what modules depend
 * on, how long files are. They live here because only the node sees every module.
 */
package io.skein.node.rules;
