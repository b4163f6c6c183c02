package org.cobnut.deploy;

import java.util.List;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.FrameworkWiring;

/** Asks the framework which versions of a package there are. */
public final class PackageNames {
    private PackageNames() {}

    /** The versions of a package that bundles export here. */
    public static List<Version> versions(FrameworkWiring wiring, String name) {
        return wiring.findProviders(new NamedRequirement(PackageNamespace.PACKAGE_NAMESPACE, name)).stream()
                .map(giver -> giver.getAttributes().get(Constants.VERSION_ATTRIBUTE))
                .filter(Version.class::isInstance)
                .map(Version.class::cast)
                .distinct()
                .toList();
    }
}
