package io.skein.client;

import io.skein.protocol.v1.SendReply;
import java.util.concurrent.CompletableFuture;

/**
 * A message on its way.
 *
 * @param clientMsgId under which its entry will come back
 * @param committed the server's answer: the message is in the log. Stays open while there is no
 *     connection; fails with a {@link io.skein.protocol.SkeinException} if the message was refused
 *     for good, or with UNAVAILABLE if the client was closed before
 */
public record OutgoingMessage(String clientMsgId, CompletableFuture<SendReply> committed) {}
