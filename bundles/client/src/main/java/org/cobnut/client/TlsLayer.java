package org.cobnut.client;

/**
 * TLS around a connection.
 *
 * @param protocol such as TLSv1.3
 * @param doubt why the server may be another than it says; empty when an authority that we trust vouches for it
 */
public record TlsLayer(String protocol, String doubt) {}
