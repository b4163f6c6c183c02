package org.cobnut.upsd.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an event loop running when a round of it fails because there is no memory or no stack left. Netty would end the
 * loop, and none of its connections, or none at all, would ever be served again. One event loop.
 */
final class LastingIoHandler implements IoHandler {
    private static final Logger log = LoggerFactory.getLogger(LastingIoHandler.class);
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final IoHandler handler;
    private long logged = System.nanoTime() - QUIET;

    LastingIoHandler(IoHandler handler) {
        this.handler = handler;
    }

    /** A factory of handlers that last, over those of another factory. */
    static IoHandlerFactory over(IoHandlerFactory factory) {
        return executor -> new LastingIoHandler(factory.newHandler(executor));
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        try {
            return handler.run(context);
        } catch (VirtualMachineError exhausted) {
            report(exhausted);
            return 0;
        }
    }

    private void report(VirtualMachineError exhausted) {
        long now = System.nanoTime();
        if (now - logged < QUIET) return;
        logged = now;
        try {
            log.error(
                    "A round of the server failed: {}; it goes on. COBNUT_HEAP gives it more memory",
                    ErrorText.of(exhausted));
        } catch (OutOfMemoryError again) {
            logged -= QUIET; // the next report may find memory
        }
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return handler.register(handle);
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return handler.isCompatible(type);
    }
}
