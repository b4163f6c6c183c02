package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an event loop does when there is no memory left. */
class LastingIoHandlerTest {
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void theLoopGoesOnAfterRoundsWithoutMemory() throws Exception {
        var factory = NioIoHandler.newFactory();
        var group = new MultiThreadIoEventLoopGroup(
                1, LastingIoHandler.over(executor -> new Failing(factory.newHandler(executor))));
        try {
            for (int i = 0; i < 5; i++)
                assertThat(group.submit(() -> "served").get(10, TimeUnit.SECONDS))
                        .isEqualTo("served");
            assertThat(failures).hasPositiveValue();
            assertThat(group.isTerminated()).isFalse();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    /** Fails in every second round. */
    private final class Failing implements IoHandler {
        private final IoHandler handler;
        private int rounds;

        Failing(IoHandler handler) {
            this.handler = handler;
        }

        @Override
        public int run(IoHandlerContext context) {
            int events = handler.run(context);
            if (rounds++ % 2 == 0) {
                failures.incrementAndGet();
                throw new OutOfMemoryError("GC overhead limit exceeded");
            }
            return events;
        }

        @Override
        public void initialize() {
            handler.initialize();
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
}
