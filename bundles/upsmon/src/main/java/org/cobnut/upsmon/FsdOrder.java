package org.cobnut.upsmon;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What SIGUSR1 runs: a forced shutdown of this machine and of all that depend on its UPSes. */
@Component(service = Runnable.class, property = "cobnut.fsd=true")
public final class FsdOrder implements Runnable {
    private final Upsmon upsmon;

    @Activate
    public FsdOrder(@Reference Upsmon upsmon) {
        this.upsmon = upsmon;
    }

    @Override
    public void run() {
        upsmon.fsd();
    }
}
