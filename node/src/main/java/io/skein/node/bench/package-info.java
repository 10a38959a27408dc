/** What load tests, which know no server from inside, learn from the program around them. */
package io.skein.node.bench;
