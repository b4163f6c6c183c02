package org.cobnut.deploy;

import java.util.Map;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Writes the changes of bundles into the audit. */
@Component(service = BundleAudit.class, immediate = true) // it listens even while no component uses it
public final class BundleAudit implements BundleListener {
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
        AuditLog.record(
                new Actor(by == null ? "framework" : String.valueOf(by.getSymbolicName()), "local"),
                "bundle " + what + ' ' + bundle.getSymbolicName() + ' ' + bundle.getVersion(),
                bundle.getLocation());
    }
}
