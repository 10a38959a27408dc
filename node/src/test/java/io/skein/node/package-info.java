/** The program as a process: what only shows when it is started, told to stop, or killed. */
package io.skein.node;
