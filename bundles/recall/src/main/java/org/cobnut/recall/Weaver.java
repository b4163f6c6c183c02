package org.cobnut.recall;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weaves the classes of bundles that offer a driver: whose manifest says so, as bnd writes it for a component, or who
 * have registered one already. Of all others that the distribution did not bring, only calls that would end the process
 * are woven; the distribution's own are loaded as they are.
 */
@Header(
        name = Constants.BUNDLE_ACTIVATOR,
        value = "${@class}") // SCR's own classes would go in circles through a component
public final class Weaver implements WeavingHook, BundleActivator {
    private static final String DRIVER = "org.cobnut.driver.Driver";
    private static final String DRIVER_PACKAGE = DRIVER.substring(0, DRIVER.lastIndexOf('.'));
    private static final Logger log = LoggerFactory.getLogger(Weaver.class);

    private String own = "reference:";

    /** What weaving itself is made of: a class of these cannot be woven without itself. */
    private Set<Bundle> tools = Set.of();

    @Override
    public void start(BundleContext context) {
        Bundle asm = FrameworkUtil.getBundle(ClassReader.class);
        tools = asm == null ? Set.of(context.getBundle()) : Set.of(context.getBundle(), asm);
        String home = context.getProperty("cobnut.home");
        if (home != null) own = "reference:" + Path.of(home).toUri();
        context.registerService(WeavingHook.class, this, null);
    }

    /** The framework takes the hook back; what is woven stays so. */
    @Override
    public void stop(BundleContext context) {}

    @Override
    public void weave(WovenClass woven) {
        if (tools.contains(woven.getBundleWiring().getBundle())) return;
        boolean driver = offersDriver(woven.getBundleWiring());
        if (!driver && ofDistribution(woven.getBundleWiring().getBundle())) return;
        try {
            woven.setBytes(
                    driver
                            ? LoopCheckVisitor.checked(woven.getBytes())
                            : LoopCheckVisitor.withoutExits(woven.getBytes()));
            woven.getDynamicImports().add(Recall.class.getPackageName() + ";version=\"[1.0,2)\"");
        } catch (RuntimeException e) {
            // Newer than ASM knows, or too long: it runs as it is, and its threads are given up when they do not
            // return.
            log.debug("{} stays as it is", woven.getClassName(), e);
        }
    }

    private boolean ofDistribution(Bundle bundle) {
        return bundle.getBundleId() == 0
                || (bundle.getLocation().startsWith(own)
                        && !bundle.getLocation().startsWith(own + "drivers/"));
    }

    private static boolean offersDriver(BundleWiring wiring) {
        if (!knowsDrivers(wiring)) return false;
        boolean says = wiring.getCapabilities("osgi.service").stream()
                .anyMatch(service -> isDriver(service.getAttributes().get(Constants.OBJECTCLASS)));
        return says || registersDriver(wiring.getBundle());
    }

    private static boolean knowsDrivers(BundleWiring wiring) {
        List<BundleWire> wires = wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE);
        if (wires == null) return false;
        for (BundleWire wire : wires) {
            if (DRIVER_PACKAGE.equals(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                return true;
        }
        return false;
    }

    private static boolean registersDriver(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        if (services == null) return false;
        for (ServiceReference<?> service : services) {
            if (isDriver(service.getProperty(Constants.OBJECTCLASS))) return true;
        }
        return false;
    }

    private static boolean isDriver(@Nullable Object classes) {
        if (classes instanceof String[] names) return List.of(names).contains(DRIVER);
        return classes instanceof Collection<?> names ? names.contains(DRIVER) : DRIVER.equals(classes);
    }
}
