/**
 * How processes become one Skein: the Hazelcast cluster under Vert.x's event bus, and what it says
 * about who is a member. Nothing outside this package knows that it is Hazelcast.
 */
package io.skein.node.cluster;
