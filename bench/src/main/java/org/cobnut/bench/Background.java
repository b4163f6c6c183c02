package org.cobnut.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work on a thread of its own, whose failure is that of whoever joins it. */
final class Background {
    private final CompletableFuture<Void> end;

    interface Work {
        void run() throws IOException;
    }

    Background(Work work) {
        end = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException failed) {
                throw new CompletionException(failed);
            }
        });
    }

    void join() {
        end.join();
    }
}
