package org.cobnut.upsmon.monitor;

import org.cobnut.lifecycle.ForcedShutdown;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Starts a forced shutdown for SIGUSR1. */
@Component
public final class ForcedShutdownOnSignal implements ForcedShutdown {
    private final Upsmon upsmon;

    @Activate
    public ForcedShutdownOnSignal(@Reference Upsmon upsmon) {
        this.upsmon = upsmon;
    }

    @Override
    public void shutDown() {
        upsmon.fsd();
    }
}
