package org.cobnut.deploy.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.catalog.RefusedJars;
import org.cobnut.deploy.JarCopy;
import org.cobnut.deploy.MissingRequirements;
import org.cobnut.deploy.PackageNames;
import org.cobnut.deploy.Refusal;
import org.cobnut.deploy.catalog.CatalogItem.Need;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.model.Health;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is installed in this framework, and what would be if a jar came. */
final class InstalledBundles {
    private static final String TRIAL = "catalog:";

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final Path folder;

    InstalledBundles(BundleContext context) {
        this.context = context;
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        folder = Path.of(String.valueOf(context.getProperty("cobnut.home")))
                .toAbsolutePath()
                .resolve("drivers");
    }

    /** The bundle of the highest version. */
    Optional<Bundle> bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion));
    }

    Optional<Version> version(String name) {
        return bundle(name).map(Bundle::getVersion);
    }

    /** Where its jar lies or is to lie in the folder of drivers; empty when it was installed from elsewhere. */
    Optional<Path> place(String name) {
        Optional<Bundle> there = bundle(name);
        if (there.isEmpty()) return Optional.of(folder.resolve(name + ".jar"));
        String location = there.get().getLocation();
        if (!location.startsWith("file:")) return Optional.empty();
        Path jar = Path.of(URI.create(location));
        return Optional.of(jar).filter(file -> folder.equals(file.getParent()));
    }

    /** Why this version must not take the place of what is installed. */
    Optional<String> objection(CatalogItem item) {
        Optional<Version> now = version(item.bundle());
        if (now.isEmpty()) return Optional.empty();
        if (place(item.bundle()).isEmpty()) return Optional.of("a bundle of that name is a part of Cobnut");
        int order = item.version().compareTo(now.get());
        if (order == 0) return Optional.of("this version is installed");
        if (order < 0)
            return Optional.of(
                    "version %s is installed, and an older one does not take its place; ".formatted(now.get())
                            + "to go back, \"nutctl drivers uninstall %s\" first".formatted(item.bundle()));
        return Optional.empty();
    }

    /** Which package it needs that nothing here has, or has in another version only. */
    Optional<String> missing(CatalogItem item) {
        for (Need need : item.needs()) {
            List<Version> there = PackageNames.versions(wiring, need.name());
            if (there.stream().anyMatch(need.range()::includes)) continue;
            String wanted = "it needs package %s %s, and ".formatted(need.name(), need.range());
            if (!there.isEmpty())
                return Optional.of(wanted + "here is only "
                        + String.join(", ", there.stream().map(String::valueOf).toList()));
            if (item.with().isEmpty()) return Optional.of(wanted + "nothing here has it");
        }
        return Optional.empty();
    }

    /** Makes sure that a jar is the bundle that the catalog says. */
    void check(CatalogItem item, Path jar, Path work) throws IOException, Refusal {
        Path copy = Files.createTempFile(work, "check", ".jar");
        try (JarCopy is = JarCopy.of(jar, copy, digest -> false)) {
            if (!is.symbolicName().equals(item.bundle()) || !is.version().equals(item.version()))
                throw new Refusal(
                        "%s is %s, and not %s as the catalog says".formatted(item.file(), is.title(), item.label()));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Makes sure that all of these resolve together with what is here; nothing of them stays. */
    void resolve(Collection<Path> jars) throws IOException, Refusal {
        var trials = new ArrayList<Bundle>();
        try {
            for (Path jar : jars) {
                try (InputStream input = Files.newInputStream(jar)) {
                    trials.add(context.installBundle(TRIAL + jar.getFileName(), input));
                }
            }
            if (wiring.resolveBundles(trials)) return;
            var missing = new MissingRequirements(wiring);
            for (Bundle trial : trials) {
                List<String> reasons = missing.of(trial);
                if (!reasons.isEmpty()) throw new Refusal(String.join("; ", reasons));
            }
            throw new Refusal("what it wants is here, but does not go together");
        } catch (BundleException e) {
            throw new Refusal("the framework refuses it: " + ErrorText.of(e), e);
        } finally {
            for (Bundle trial : trials) uninstall(trial);
        }
    }

    private static void uninstall(Bundle trial) throws Refusal {
        try {
            if (trial.getState() != Bundle.UNINSTALLED) trial.uninstall();
        } catch (BundleException e) {
            throw new Refusal("its trial cannot be taken away: " + ErrorText.of(e), e);
        }
    }

    /** The names of the devices that a bundle serves, and that are read well at the moment. */
    Set<String> freshDevices(String bundle) {
        var names = new HashSet<String>();
        for (ServiceReference<DeviceService> reference : devices()) {
            Bundle owner = reference.getBundle();
            if (owner == null || !bundle.equals(owner.getSymbolicName())) continue;
            DeviceService device = context.getService(reference);
            if (device == null) continue;
            if (device.snapshot().health() instanceof Health.Fresh
                    && reference.getProperty(DeviceService.NAME) instanceof String name) names.add(name);
            context.ungetService(reference);
        }
        return names;
    }

    private Collection<ServiceReference<DeviceService>> devices() {
        try {
            return context.getServiceReferences(DeviceService.class, null);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The drivers that a bundle offers now. */
    static Set<String> drivers(Bundle bundle) {
        var names = new HashSet<String>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            Object given = service.getProperty(Driver.NAME);
            for (Object name : given instanceof Object[] several ? several : new Object[] {given})
                if (name instanceof String text) names.add(text);
        }
        return names;
    }

    /** Why the deployer does not take a file of the folder; empty while it says nothing. */
    String refusal(Path jar) {
        ServiceReference<RefusedJars> reference = context.getServiceReference(RefusedJars.class);
        RefusedJars refused = reference == null ? null : context.getService(reference);
        return refused == null ? "" : refused.reasons().getOrDefault(String.valueOf(jar.getFileName()), "");
    }
}
