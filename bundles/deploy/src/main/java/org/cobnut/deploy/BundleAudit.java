package org.cobnut.deploy;

import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** What becomes of bundles, one line each, with the marker AUDIT. */
@Component(service = BundleAudit.class, immediate = true) // it listens, whether anybody asks for it or not
public final class BundleAudit implements BundleListener {
    private static final Logger LOG = LoggerFactory.getLogger("org.cobnut.audit");
    private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");
    private static final Map<Integer, String> TOLD = Map.of(
            BundleEvent.INSTALLED, "installed",
            BundleEvent.UPDATED, "updated",
            BundleEvent.UNINSTALLED, "uninstalled",
            BundleEvent.STARTED, "started",
            BundleEvent.STOPPED, "stopped");

    private final BundleContext context;

    /** Listens from now on; what was there before was there. */
    @Activate
    public BundleAudit(BundleContext context) {
        this.context = context;
        context.addBundleListener(this);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String what = TOLD.get(event.getType());
        if (what == null) return;
        Bundle bundle = event.getBundle();
        Bundle by = event.getOrigin();
        LOG.info(
                AUDIT,
                "user=\"{}\" from=local did=\"bundle {} {} {}\" result=\"{}\"",
                by == null ? "framework" : by.getSymbolicName(),
                what,
                bundle.getSymbolicName(),
                bundle.getVersion(),
                bundle.getLocation());
    }
}
