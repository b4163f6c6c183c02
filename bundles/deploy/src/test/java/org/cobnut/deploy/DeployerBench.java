package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A deployer in a framework of its own, and what it says. */
abstract class DeployerBench {
    static final long PATIENCE = 150;

    @TempDir
    Path directory;

    private final PrintStream usual = System.err;
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Framework framework;
    Deployer deployer;

    @BeforeEach
    void begin() throws Exception {
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                if (heard(line)) lines.add(line);
            }
        });
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("cache").toString(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        "cobnut.confpath",
                        directory.resolve("etc").toString(),
                        "cobnut.home",
                        directory.resolve("home").toString(),
                        "cobnut.statepath",
                        directory.toString(),
                        "cobnut.locked",
                        Boolean.toString(locked())));
        framework.start();
        deployer = new Deployer(framework.getBundleContext(), PATIENCE, 1_000);
    }

    @AfterEach
    void end() throws Exception {
        deployer.stop();
        framework.stop();
        framework.waitForStop(5_000);
        System.setErr(usual);
    }

    boolean locked() {
        return false;
    }

    /** Whether a test of this kind wants that line of the log. */
    boolean heard(String line) {
        return true;
    }

    void deployed(String name, byte[] contents) throws Exception {
        deployer.install(Files.write(directory.resolve(name), contents).toFile());
    }

    void delete(String name) throws Exception {
        Files.delete(directory.resolve(name));
        deployer.uninstall(directory.resolve(name).toFile());
    }

    String line() throws InterruptedException {
        String line = lines.poll(10, TimeUnit.SECONDS);
        assertThat(line).as("a line of the log").isNotNull();
        return line;
    }

    void says(String line) throws InterruptedException {
        assertThat(line()).isEqualTo(line);
    }

    List<String> active() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() > 0 && bundle.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    Bundle only() {
        return framework.getBundleContext().getBundle(1);
    }
}
