package org.cobnut.deploy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleException;

/** Calls the framework on a separate thread, for a bundle that may never return. */
final class TimedCall {
    private final long millis;

    TimedCall(long millis) {
        this.millis = millis;
    }

    /** Does something to a bundle. */
    @FunctionalInterface
    interface Step {
        void run() throws BundleException;
    }

    /**
     * Waits for the step. Its thread is left alone when it takes too long.
     *
     * @throws Overdue when it does not return in time
     * @throws BundleException when the framework refuses the step
     */
    void await(String bundle, Step step) throws BundleException, Overdue {
        var task = new FutureTask<>(() -> {
            step.run();
            return true;
        });
        var thread = new Thread(null, task, "cobnut-deploy-" + bundle, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(TimedCall.class.getClassLoader());
        thread.start();
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Overdue(millis, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException refused) throw refused;
            if (e.getCause() instanceof IllegalStateException gone) throw gone;
            throw new BundleException(ErrorText.of(e), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overdue(millis, e);
        }
    }

    /** Says that a bundle does not come back. */
    static final class Overdue extends Exception {
        private static final long serialVersionUID = 1;

        Overdue(long millis, Throwable cause) {
            super(
                    "it does not come back from its start or stop after %d s"
                            .formatted(TimeUnit.MILLISECONDS.toSeconds(millis)),
                    cause);
        }
    }
}
