package org.cobnut.upsd;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** What STARTTLS can be answered with at the moment. Any thread. */
@FunctionalInterface
interface TlsOffer {
    /** There is no TLS. */
    TlsOffer NONE = allocator -> Optional.empty();

    /** What makes one connection secret behind the next flush; empty when TLS is not configured. */
    Optional<SslHandler> handler(ByteBufAllocator allocator);
}
