package org.cobnut.upsmon.monitor;

import java.util.Optional;
import org.cobnut.device.ShutdownProtection;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.Phase;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells other bundles whether upsmon watches. */
@Component
public final class Protection implements ShutdownProtection {
    static final String NO_FILE = "upsmon watches nothing here: there is no upsmon.conf, or it cannot be used";
    static final String OVER = "upsmon watches nothing: SHUTDOWNCMD ended well, so this machine should be down; %s"
            .formatted(Engine.WAY_BACK);

    private final Upsmon upsmon;

    @Activate
    public Protection(@Reference Upsmon upsmon) {
        this.upsmon = upsmon;
    }

    @Override
    public Optional<String> missing() {
        if (upsmon.conf().isEmpty()) return Optional.of(NO_FILE);
        return upsmon.view().flatMap(view -> missing(view.state().phase()));
    }

    /** Says why that phase watches nothing. */
    static Optional<String> missing(Phase phase) {
        return phase.tried().filter(Phase.Attempt::well).map(attempt -> OVER);
    }
}
