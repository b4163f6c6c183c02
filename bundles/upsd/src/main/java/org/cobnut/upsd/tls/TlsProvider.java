package org.cobnut.upsd.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** Provides TLS for connections that send STARTTLS. Any thread. */
@FunctionalInterface
public interface TlsProvider {
    /** There is no TLS. */
    TlsProvider NONE = allocator -> Optional.empty();

    /** A handler that encrypts one connection from the next flush on; empty when TLS is not configured. */
    Optional<SslHandler> handler(ByteBufAllocator allocator);
}
