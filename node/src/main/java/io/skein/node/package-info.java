/** The program that runs any set of services. */
package io.skein.node;
