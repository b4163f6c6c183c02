package org.cobnut.management;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.cobnut.health.HealthChecks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers each check of {@code nutctl health} to Felix Health Checks, under its own tag and under {@value #ALL}. */
@Component(
        service = {},
        immediate = true)
public final class FelixHealthChecks {
    /** The tag of all checks of Cobnut. */
    private static final String ALL = "nut";

    private static final Map<String, String> NAMES = Map.of(
            HealthChecks.DRIVER, "Devices and their drivers",
            HealthChecks.TLS, "Certificate of the server",
            HealthChecks.SHUTDOWN, "Shutdown of this machine",
            HealthChecks.SYSTEMREADY, "Start");

    private final List<ServiceRegistration<HealthCheck>> registrations = new ArrayList<>();

    @Activate
    public FelixHealthChecks(BundleContext context, @Reference HealthChecks checks) {
        for (String tag : HealthChecks.TAGS)
            registrations.add(
                    context.registerService(HealthCheck.class, new FelixHealthCheck(checks, tag), properties(tag)));
    }

    private static Dictionary<String, Object> properties(String tag) {
        return FrameworkUtil.asDictionary(Map.of(
                HealthCheck.NAME,
                NAMES.getOrDefault(tag, tag),
                HealthCheck.TAGS,
                new String[] {ALL, tag},
                HealthCheck.MBEAN_NAME,
                tag));
    }

    @Deactivate
    void stop() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
