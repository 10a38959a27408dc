/** Looks at the machine and the stores, and says what to do about what it finds. */
package io.skein.node.doctor;
