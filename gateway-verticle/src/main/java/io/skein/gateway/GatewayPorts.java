package io.skein.gateway;

/**
 * Where the doors really are.
 *
 * @param tcpTls 0: there is none
 * @param httpTls 0: there is none
 */
public record GatewayPorts(int tcp, int http, int tcpTls, int httpTls) {}
