package org.cobnut.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.driver.Driver;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Driver bundles by hand. Installing is copying into the folder that is watched, so it outlives a restart. */
@Component(
        service = DriverCommands.class,
        property = {
            "osgi.command.scope=nut",
            "osgi.command.function=drivers",
            "osgi.command.function=install",
            "osgi.command.function=uninstall",
            "osgi.command.function=start",
            "osgi.command.function=stop"
        })
public final class DriverCommands {
    private final BundleContext context;

    @Activate
    public DriverCommands(BundleContext context) {
        this.context = context;
    }

    @Descriptor("the driver bundles, the drivers they offer and the state they are in")
    public String drivers() {
        var columns = new Columns("BUNDLE", "VERSION", "STATE", "DRIVERS");
        bundles()
                .forEach(bundle -> columns.row(
                        bundle.getSymbolicName(), bundle.getVersion().toString(), state(bundle), offered(bundle)));
        return columns.toString();
    }

    @Descriptor("install a driver's jar, or put it in the place of the one of that name: its devices follow")
    public String install(@Descriptor("the jar") String jar) throws IOException {
        Path file = Path.of(jar);
        String name = symbolicName(file) + ".jar";
        Path folder = folder();
        Path complete = Files.copy(file, folder.resolve(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(complete, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return "installed as " + folder.resolve(name);
    }

    @Descriptor("remove a driver's bundle: its devices wait for another")
    public String uninstall(@Descriptor("the bundle's symbolic name") String name) throws IOException, BundleException {
        Bundle bundle = bundle(name);
        Path jar = folder().resolve(name + ".jar");
        if (Files.deleteIfExists(jar)) return "removed " + jar;
        bundle.uninstall();
        return "uninstalled " + name;
    }

    @Descriptor("start a driver's bundle")
    public String start(@Descriptor("the bundle's symbolic name") String name) throws BundleException {
        bundle(name).start();
        return state(bundle(name));
    }

    @Descriptor("stop a driver's bundle: its devices wait until it is started again")
    public String stop(@Descriptor("the bundle's symbolic name") String name) throws BundleException {
        bundle(name).stop();
        return state(bundle(name));
    }

    private List<Bundle> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle ->
                        bundle.getLocation().startsWith(folder().toUri().toString())
                                || !offered(bundle).isEmpty())
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .toList();
    }

    private Bundle bundle(String name) {
        return bundles().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no driver bundle " + name + "; see nut:drivers"));
    }

    private String offered(Bundle bundle) {
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(Driver.class.getName(), null);
            var names = new ArrayList<String>();
            for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services)
                if (bundle.equals(service.getBundle())) names.addAll(names(service.getProperty(Driver.NAME)));
            return String.join(", ", names);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<String> names(Object property) {
        return property instanceof Object[] several
                ? Arrays.stream(several).map(String::valueOf).toList()
                : List.of(String.valueOf(property));
    }

    private Path folder() {
        return Path.of(String.valueOf(context.getProperty("cobnut.home")), "drivers");
    }

    private static String symbolicName(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) throw new IOException(jar + " is no bundle: it has no Bundle-SymbolicName");
            return name.replaceFirst(";.*", "").trim();
        }
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.RESOLVED -> "stopped";
            case Bundle.INSTALLED -> "not resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            default -> "uninstalled";
        };
    }
}
