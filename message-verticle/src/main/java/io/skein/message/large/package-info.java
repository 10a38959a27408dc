/**
 * What is different for conversations with many members: gateways ask who of their users are
 * members, and who is nowhere is found by walking through the list, after the entry has gone out.
 */
package io.skein.message.large;
