package org.cobnut.launcher.framework;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Starts a bundle without a record of it in the framework's storage. */
public final class BundleStarter {
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private BundleStarter() {}

    /** Tries again for a while: beside the resolution of another bundle, the framework may miss what is there. */
    static void start(Bundle bundle) throws BundleException {
        for (int attempt = 1; ; attempt++) {
            try {
                bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
                return;
            } catch (BundleException e) {
                if (e.getType() != BundleException.RESOLVE_ERROR || attempt == ATTEMPTS) throw e;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
