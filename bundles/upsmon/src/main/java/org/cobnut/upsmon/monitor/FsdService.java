package org.cobnut.upsmon.monitor;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Starts a forced shutdown for SIGUSR1. */
@Component(service = Runnable.class, property = "cobnut.fsd=true")
public final class FsdService implements Runnable {
    private final Upsmon upsmon;

    @Activate
    public FsdService(@Reference Upsmon upsmon) {
        this.upsmon = upsmon;
    }

    @Override
    public void run() {
        upsmon.fsd();
    }
}
