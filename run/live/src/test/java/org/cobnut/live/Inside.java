package org.cobnut.live;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.testkit.Distribution;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;

/** The bundles of the distribution in a framework in this process, without the hot-deploy directory. */
final class Inside implements AutoCloseable {
    private static final List<String> LEFT_OUT =
            List.of("org.apache.felix.fileinstall", "cobnut.deploy", "cobnut.shell");

    private final Framework framework;

    Inside(Path conf, Path state) throws Exception {
        System.setProperty("cobnut.log.level", "OFF"); // read by the logback.xml of the distribution
        var properties = new HashMap<>(Map.of(
                "cobnut.confpath",
                conf.toString(),
                "cobnut.statepath",
                state.toString(),
                "felix.cm.pm",
                "cobnut",
                "felix.log.level",
                "1",
                "org.ops4j.pax.logging.DefaultServiceLog.level",
                "WARN",
                "org.ops4j.pax.logging.StaticLogbackFile",
                Distribution.home().resolve("etc/logback.xml").toString()));
        properties.put(Constants.FRAMEWORK_STORAGE, state.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        var bundles = new ArrayList<Bundle>();
        for (String part : List.of("system", "drivers"))
            for (Path jar : jars(Distribution.home().resolve(part))) bundles.add(install(jar));
        // Logging first, so that it is quiet from the beginning.
        bundles.sort(
                Comparator.comparing(bundle -> !bundle.getSymbolicName().matches(".*pax-logging.*|cobnut.logback")));
        for (Bundle bundle : bundles)
            if (!fragment(bundle) && LEFT_OUT.stream().noneMatch(bundle.getSymbolicName()::equals)) bundle.start();
    }

    /** Reads the files now, and returns when Configuration Admin knows; by reflection, for the class is that of its bundle. */
    void reload() throws Exception {
        BundleContext context = framework.getBundleContext();
        // Of all, for the class path of the tests holds a class of this name, too.
        Object reload = context.getService(
                context.getAllServiceReferences("org.cobnut.lifecycle.ConfigurationReload", null)[0]);
        try {
            reload.getClass().getMethod("reload").invoke(reload);
        } catch (InvocationTargetException refused) { // as some tests want it; the log says what
            if (!(refused.getCause() instanceof IOException)) throw refused;
        }
    }

    /** What Configuration Admin says; by reflection, for its classes are those of its bundle. */
    Object configured(String pid, String key) throws Exception {
        BundleContext context = framework.getBundleContext();
        Object admin = context.getService(context.getServiceReference("org.osgi.service.cm.ConfigurationAdmin"));
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, pid, "?");
        var type = configuration.getClass().getMethod("getProperties");
        return ((Dictionary<?, ?>) type.invoke(configuration)).get(key);
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(20_000);
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private Bundle install(Path jar) throws Exception {
        return framework
                .getBundleContext()
                .installBundle("reference:" + jar.toRealPath().toUri());
    }

    private static boolean fragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
