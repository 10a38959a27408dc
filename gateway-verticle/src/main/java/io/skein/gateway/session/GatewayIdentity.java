package io.skein.gateway.session;

/**
 * Who this gateway instance is to the session service.
 *
 * @param instanceId unique in the cluster and for this life
 * @param bootId of the process
 */
public record GatewayIdentity(String instanceId, String bootId) {}
