/**
 * Groups and channels: who belongs to them, what they are called and who may do what. A change is
 * rare, so it is decided in Java under the conversation's lock and made, with the entry that says
 * so, in one transaction.
 */
package io.skein.message.group;
