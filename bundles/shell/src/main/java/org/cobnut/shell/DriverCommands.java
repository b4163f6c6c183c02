package org.cobnut.shell;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.catalog.CatalogEntry;
import org.cobnut.catalog.DriverCatalog;
import org.cobnut.catalog.RefusedJars;
import org.cobnut.driver.Driver;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Lists, installs and removes driver bundles by hand. A bundle is installed by a copy into the watched directory, so it
 * survives a restart.
 */
@Component(
        service = DriverCommands.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=drivers"})
public final class DriverCommands {
    private static final String AVAILABLE = "available";
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

    private final BundleContext context;
    private final AtomicReference<@Nullable DriverCatalog> catalog = new AtomicReference<>();

    @Activate
    public DriverCommands(BundleContext context) {
        this.context = context;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setCatalog(DriverCatalog added) {
        catalog.set(added);
    }

    void unsetCatalog(DriverCatalog removed) {
        catalog.compareAndSet(removed, null);
    }

    @Descriptor("the driver bundles, the drivers they offer and the state they are in")
    public Columns drivers() {
        var columns = new Columns("BUNDLE", "VERSION", "STATE", "DRIVERS");
        bundles()
                .forEach(bundle -> columns.row(
                        bundle.getSymbolicName(), bundle.getVersion().toString(), state(bundle), offered(bundle)));
        refused().forEach((file, reason) -> columns.row(file, "-", "not taken: " + reason, ""));
        return columns;
    }

    @Descriptor("what the catalogs offer, whether it can be installed here, and why not")
    public Columns drivers(@Descriptor("available") String what) throws IOException {
        if (!what.equals(AVAILABLE))
            throw new IllegalArgumentException("drivers takes " + AVAILABLE
                    + ", or one of --supported, install, update, start, stop and uninstall with a name, not " + what
                    + " alone");
        var columns = new Columns("BUNDLE", "VERSION", "INSTALLED", "LICENCE", "DRIVERS", "NOTE");
        for (CatalogEntry entry : catalog().available())
            columns.row(
                    entry.name(),
                    dash(entry.version()),
                    dash(entry.installed()),
                    dash(entry.licence()),
                    dash(String.join(", ", entry.drivers())),
                    entry.objection().isEmpty() ? entry.description() : "not installable: " + entry.objection());
        return columns;
    }

    private DriverCatalog catalog() {
        DriverCatalog there = catalog.get();
        if (there == null)
            throw new IllegalStateException(
                    "the bundle cobnut.deploy, which reads catalogs, does not run; see the log");
        return there;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    @Descriptor(
            "tell the driver of a model; install or update a driver's jar, or a driver from a catalog; start, stop or uninstall a driver's bundle")
    public Object drivers(
            @Descriptor("--supported, install, update, start, stop or uninstall") String action,
            @Descriptor("the model, the jar, or the name of a bundle or driver") String what)
            throws IOException, BundleException {
        return switch (action) {
            case "--supported" -> supported(what);
            case "install", "update" -> named(what) ? catalog().install(what) : install(Path.of(what));
            case "start" -> start(bundle(what));
            case "stop" -> stop(bundle(what));
            case "uninstall" -> uninstall(bundle(what));
            default ->
                throw new IllegalArgumentException(
                        "drivers takes --supported, install, update, start, stop or uninstall, not " + action);
        };
    }

    /** Whether it is a name that a catalog may have, and no file. */
    private static boolean named(String what) {
        return !what.contains("/") && !what.endsWith(".jar");
    }

    private Columns supported(String model) {
        var lists = new ModelLists();
        bundles().forEach(lists::add);
        return lists.supported(model);
    }

    /** A jar of the same bundle is replaced in one step. */
    private String install(Path jar) throws IOException {
        if (!jar.isAbsolute())
            throw new IllegalArgumentException(
                    jar + " is not a whole path: begin it with /, for Cobnut runs in another folder");
        String name;
        try {
            name = symbolicName(jar);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be installed: %s; give the jar of a driver bundle".formatted(jar, ErrorText.of(e)), e);
        }
        Path place = folder().resolve(name + ".jar");
        Path part = place.resolveSibling(place.getFileName() + ".part");
        try {
            Files.copy(jar, part, REPLACE_EXISTING);
            Files.move(part, place, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "%s cannot be copied to %s: %s; Cobnut's user must be able to read the one and write the other"
                            .formatted(jar, place, ErrorText.of(e)),
                    e);
        } finally {
            Files.deleteIfExists(part);
        }
        return "installed as " + place;
    }

    private static String start(Bundle bundle) throws BundleException {
        bundle.start();
        return state(bundle);
    }

    private static String stop(Bundle bundle) throws BundleException {
        bundle.stop();
        return state(bundle);
    }

    private String uninstall(Bundle bundle) throws IOException, BundleException {
        Path jar = folder().resolve(bundle.getSymbolicName() + ".jar");
        if (Files.deleteIfExists(jar)) return "removed " + jar;
        bundle.uninstall();
        return "uninstalled " + bundle.getSymbolicName();
    }

    /** Returns the files of the directory that are not installed, with the reason. */
    private Map<String, String> refused() {
        ServiceReference<RefusedJars> reference = context.getServiceReference(RefusedJars.class);
        RefusedJars deployer = reference == null ? null : context.getService(reference);
        return deployer == null ? Map.of() : new TreeMap<>(deployer.reasons());
    }

    private List<Bundle> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getLocation().contains(folder() + "/")
                        || !offered(bundle).isEmpty())
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .toList();
    }

    private Bundle bundle(String name) {
        return bundles().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no driver bundle " + name + "; see: nutctl drivers"));
    }

    private String offered(Bundle bundle) {
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(Driver.class.getName(), null);
            var names = new ArrayList<String>();
            for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services)
                if (bundle.equals(service.getBundle())) {
                    boolean proven = !"true".equals(String.valueOf(service.getProperty(Driver.EXPERIMENTAL)));
                    for (String name : names(service.getProperty(Driver.NAME)))
                        names.add(proven ? name : name + " (experimental)");
                }
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
            if (name == null) throw new IOException("it is no bundle, for its manifest has no Bundle-SymbolicName");
            String bare = name.replaceFirst(";.*", "").trim();
            // It becomes the name of a file, which must lie in the folder.
            if (!SYMBOLIC_NAME.matcher(bare).matches())
                throw new IOException("its Bundle-SymbolicName is no name: letters, digits, dots, - and _ make one");
            return bare;
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
