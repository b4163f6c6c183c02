package org.cobnut.exam;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/** The framework, seen from the test run that started it. */
final class Outside {
    private final TestContainer container;
    private final Map<String, TestAddress> tests;

    private Outside(TestContainer container, Map<String, TestAddress> tests) {
        this.container = container;
        this.tests = Map.copyOf(tests);
    }

    static Outside start(Class<?> test) throws IOException {
        System.setProperty("pax.exam.invoker", "jupiter");
        var system = PaxExamRuntime.createTestSystem(options(files()).toArray(new Option[0]));
        var probe = system.createProbe();
        var tests = new HashMap<String, TestAddress>();
        for (var method : test.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                tests.put(method.getName(), probe.addTest(test, method.getName()));
            }
        }
        var container = PaxExamRuntime.createContainer(system);
        container.start();
        container.installProbe(probe.build().getStream());
        return new Outside(container, tests);
    }

    /** Runs one test inside, and fails as it fails there. */
    void call(String method) throws Throwable {
        try {
            container.call(tests.get(method));
        } catch (TestContainerException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    void stop() {
        container.stop();
    }

    /** NUT files of a machine without devices. */
    private static Path files() throws IOException {
        var directory = Files.createTempDirectory(target(), "container");
        var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        for (var name : List.of("ups.conf", "upsd.conf", "upsd.users")) {
            Files.createFile(directory.resolve(name), secret);
        }
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    directory.resolve("upsd.conf"),
                    "LISTEN 127.0.0.1 %d\nALLOW_NO_DEVICE true\n".formatted(free.getLocalPort()));
        }
        return directory;
    }

    private static List<Option> options(Path files) throws IOException {
        var distribution = Path.of(System.getProperty("cobnut.distribution"));
        var options = new ArrayList<Option>(List.of(
                frameworkProperty("cobnut.home").value(distribution.toString()),
                frameworkProperty("cobnut.confpath").value(files.toString()),
                frameworkProperty("cobnut.statepath").value(files.toString()),
                frameworkProperty("felix.cm.pm").value("cobnut"),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
                frameworkProperty("org.ops4j.pax.logging.StaticLogbackFile")
                        .value(distribution.resolve("etc/logback.xml").toString()),
                frameworkStartLevel(10)));
        add(options, distribution.resolve("system"), 2);
        add(options, target().resolve("bundles"), 3);
        add(options, target(), 3);
        // The drivers come as bundles, not through the hot-deploy directory: a test may stop one.
        add(options, distribution.resolve("drivers"), 4);
        return options;
    }

    private static void add(List<Option> options, Path directory, int level) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                // Logging first, or every bundle before it speaks in its own form.
                boolean logging = file.getFileName().toString().matches("pax-logging-.*|cobnut\\.logback\\.jar");
                var bundle = bundle(file.toUri().toString()).startLevel(logging ? 1 : level);
                try (var jar = new JarFile(file.toFile())) {
                    var fragment = jar.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
                    options.add(fragment ? bundle.noStart() : bundle);
                }
            }
        }
    }

    private static Path target() {
        return Path.of(System.getProperty("cobnut.kit"));
    }
}
