package org.cobnut.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.cobnut.driver.Driver;
import org.osgi.framework.BundleActivator;

/** A driver bundle as a vendor would build it, from source, with whatever misbehaviour a test wants of it. */
final class DriverJar {
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="acme.%1$s">
              <property name="driver.name" value="%1$s"/>
              <implementation class="acme.%1$s.Main"/>
              <service><provide interface="org.cobnut.driver.Driver"/></service>
            </scr:component>
            """;
    private static final String IMPORTS = "org.osgi.framework,org.cobnut.driver,org.cobnut.link,org.cobnut.model";
    private static final String SOURCE = """
            package acme.%1$s;

            import java.util.*;
            import java.util.concurrent.atomic.AtomicInteger;
            import org.cobnut.driver.*;
            import org.cobnut.link.Links;
            import org.cobnut.model.*;
            import org.osgi.framework.*;

            public final class Main implements BundleActivator, Driver {
                private final AtomicInteger opened = new AtomicInteger();

                public void start(BundleContext context) {
                    context.registerService(Driver.class, this, FrameworkUtil.asDictionary(Map.of("driver.name", "%5$s", "service.ranking", %6$d)));
                    %3$s
                }

                public void stop(BundleContext context) {}

                public Options options() {
                    return Options.of(Option.text("colour", "What is told as ups.id"));
                }

                public Session open(Settings settings, Links links) {
                    String session = opened.incrementAndGet() + "-" + Long.toHexString(System.nanoTime());
                    return new Session() {
                        private int polls;

                        public void poll(Report report, Due due) throws java.io.IOException {
                            polls++;
                            report.status("OL");
                            report.set("device.model", "%2$s");
                            report.set("device.serial", session);
                            report.set("device.count", "" + polls);
                            report.set("ups.id", settings.text("colour").orElse("none"));
                            %4$s
                        }

                        public void close() {}
                    };
                }
            }
            """;

    private final String name;
    private final String version;
    private String start = "";
    private String poll = "";
    private String header = "";
    private boolean component;
    private String offered;
    private int ranking;

    /** A driver of that name, in a bundle acme.NAME. */
    DriverJar(String name, String version) {
        this.name = name;
        this.version = version;
        offered = name;
    }

    /** Offers a driver of another name than its bundle's, which somebody else may offer too. */
    DriverJar offering(String driver, int serviceRanking) {
        offered = driver;
        ranking = serviceRanking;
        return this;
    }

    /** What it does when its bundle starts. */
    DriverJar starting(String statements) {
        start = statements;
        return this;
    }

    /** What it does at the end of each poll. */
    DriverJar polling(String statements) {
        poll = statements;
        return this;
    }

    /** Wants one more package. */
    DriverJar importing(String clause) {
        header = "," + clause;
        return this;
    }

    /** Declares its driver as a component, without which there is no program of that driver alone. */
    DriverJar asComponent() {
        component = true;
        return this;
    }

    /** Compiles it and renames it into place, as whoever installs software does. */
    void into(Path jar) throws IOException {
        Path work = Files.createTempDirectory("driver");
        Path source = work.resolve("acme/" + name + "/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, SOURCE.formatted(name, version, start, poll, offered, ranking));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        boolean compiled = compiler.getTask(
                        null,
                        files,
                        null,
                        List.of("-proc:none", "--release", "17", "-d", work.toString(), "-cp", classpath()),
                        null,
                        files.getJavaFileObjects(source))
                .call();
        if (!compiled) throw new IOException("the test's driver does not compile");
        Files.delete(source);
        if (component) Files.writeString(work.resolve("component.xml"), COMPONENT.formatted(name));
        Path packed = jar.resolveSibling(jar.getFileName() + ".part");
        pack(work, packed);
        Files.move(packed, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void pack(Path classes, Path jar) throws IOException {
        try (var output = new JarOutputStream(Files.newOutputStream(jar), manifest());
                var all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                output.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, output);
            }
        }
    }

    private Manifest manifest() {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "acme." + name);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-License", "Apache-2.0;link=\"https://www.apache.org/licenses/LICENSE-2.0.txt\"");
        headers.putValue("Bundle-Description", "A driver of the test's");
        if (component) headers.putValue("Service-Component", "component.xml");
        else headers.putValue("Bundle-Activator", "acme." + name + ".Main");
        headers.putValue("Import-Package", IMPORTS + header);
        return manifest;
    }

    private static String classpath() {
        return String.join(":", place(Driver.class), place(BundleActivator.class));
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
