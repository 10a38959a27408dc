package io.skein.node.chat;

/**
 * Who chats where.
 *
 * @param server as {@code tcp://host:port}, {@code ws://} …
 * @param self user id
 * @param partner user id to talk to at once; may be empty
 * @param deviceId of this terminal
 */
public record ChatSettings(String server, String self, String partner, String deviceId) {}
