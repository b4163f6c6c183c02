package org.cobnut.launcher.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.testkit.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A locked framework, and everybody's ways to bring an unsigned bundle into it. */
@Timeout(60)
class InstallPolicyTest {
    @TempDir
    private static Path keys;

    private static Signer acme;

    @TempDir
    private Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Framework framework;
    private InstallPolicy policy;

    @BeforeAll
    static void acme() throws Exception {
        acme = new Signer(keys, "acme");
        acme.introduce(keys.resolve("vendors"));
    }

    @BeforeEach
    void start() throws Exception {
        InstallPolicy.forbidExtensions();
        Path cache = directory.resolve("cache");
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE));
        policy = new InstallPolicy(keys, cache, said::add);
        framework.init();
        policy.hold(framework.getBundleContext());
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void runsWhatATrustedSignerSigned() throws Exception {
        Bundle gadget = install("anywhere", acme.sign(bundle("gadget", "1.0.0")));
        gadget.start();
        assertThat(gadget.getState()).isEqualTo(Bundle.ACTIVE);
        gadget.update(new ByteArrayInputStream(acme.sign(bundle("gadget", "1.1.0"))));
        assertThat(gadget.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(gadget.getVersion()).hasToString("1.1.0");
        assertThat(said).isEmpty();
    }

    @Test
    void anUnsignedBundleLeavesNothingBehindWhateverItsLocation() throws Exception {
        for (String location :
                List.of("inputstream:x.jar", "file:/drivers/x.jar", "reference:file:/system/y.jar\nforged")) {
            Bundle evil = install(location, bundle("evil", "1.0.0"));
            assertThat(evil.getState()).as(location).isEqualTo(Bundle.UNINSTALLED);
        }
        assertThat(context().getBundles()).as("only the framework").hasSize(1);
        try (var left = Files.list(directory.resolve("cache"))) {
            assertThat(left.filter(Files::isDirectory))
                    .extracting(Path::getFileName)
                    .map(Path::toString)
                    .containsOnly("bundle0");
        }
        assertThat(said)
                .hasSize(3)
                .contains("inputstream:x.jar is not installed: it is not signed, and this Cobnut is locked")
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        said.clear();
        // And none of them is in the way of whoever comes later.
        runsWhatATrustedSignerSigned();
    }

    @Test
    void anUnsignedUpdateIsUndoneAndWhatRanGoesOn() throws Exception {
        Bundle gadget = install("anywhere", acme.sign(bundle("gadget", "1.0.0")));
        gadget.start();
        gadget.update(new ByteArrayInputStream(bundle("gadget", "6.6.6")));
        assertThat(gadget.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(gadget.getVersion()).hasToString("1.0.0");
        assertThat(said)
                .containsExactly(
                        "anywhere is not updated, and goes on as it was: it is not signed, and this Cobnut is locked");
    }

    @Test
    void anUpdateOfOneOfOurOwnIsUndoneToo() throws Exception {
        Path jar = Files.write(directory.resolve("own.jar"), bundle("own", "1.0.0"));
        Bundle own = installOwn(jar);
        own.start();
        own.update(new ByteArrayInputStream(bundle("own", "6.6.6")));
        assertThat(own.getVersion()).hasToString("1.0.0");
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
        // By hand, from where it lies: the file may be another by now.
        Files.write(jar, bundle("own", "6.6.7"));
        own.update();
        assertThat(own.getVersion()).hasToString("1.0.0");
    }

    @Test
    void aReferenceIsRefusedThoughTheFileIsSignedAtTheMoment() throws Exception {
        Path jar = Files.write(directory.resolve("signed.jar"), acme.sign(bundle("gadget", "1.0.0")));
        for (String way : List.of("signed.jar", "cache/../signed.jar")) {
            Bundle evil = context()
                    .installBundle("reference:" + directory.resolve(way).toUri());
            assertThat(evil.getState()).as(way).isEqualTo(Bundle.UNINSTALLED);
        }
        assertThat(said).allMatch(line -> line.contains("could change after the check"));
        assertThat(jar).exists();
    }

    @Test
    void aDirectoryIsNoJar() throws Exception {
        Path exploded = Files.createDirectories(directory.resolve("exploded/META-INF"));
        Files.writeString(
                exploded.resolve("MANIFEST.MF"),
                "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: evil\n");
        Bundle evil = context()
                .installBundle("reference:" + directory.resolve("exploded").toUri());
        assertThat(evil.getState()).isEqualTo(Bundle.UNINSTALLED);
    }

    @Test
    void anUnsignedFragmentDoesNotAttach() throws Exception {
        Bundle own = installOwn(Files.write(directory.resolve("own.jar"), bundle("own", "1.0.0")));
        install("fragment", bundle("evil", "1.0.0", "Fragment-Host: own"));
        own.start();
        assertThat(own.getResource("gadget/data1")).isNotNull();
        assertThat(context().getBundles()).hasSize(2);
    }

    @Test
    void anExtensionOfTheFrameworkIsRefusedBeforeItRuns() throws Exception {
        byte[] extension = bundle(
                "evil",
                "1.0.0",
                "Fragment-Host: system.bundle; extension:=framework",
                "ExtensionBundle-Activator: evil.Main");
        assertThatThrownBy(() -> install("extension", extension)).isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> install("extension", acme.sign(extension))).isInstanceOf(BundleException.class);
    }

    @Test
    void theRuleStaysWhenTheListenerOfItWasTooLate() throws Exception {
        // As another bundle's listener would that hears of the install first.
        var resolved = new CopyOnWriteArrayList<Boolean>();
        context().addBundleListener((org.osgi.framework.SynchronousBundleListener) event -> {
            if (event.getType() == org.osgi.framework.BundleEvent.INSTALLED)
                resolved.add(framework
                        .adapt(org.osgi.framework.wiring.FrameworkWiring.class)
                        .resolveBundles(List.of(event.getBundle())));
        });
        install("early", bundle("evil", "1.0.0"));
        assertThat(resolved).containsExactly(false);
    }

    private Bundle installOwn(Path jar) throws BundleException {
        return policy.installOwn(context(), "reference:" + jar.toUri());
    }

    private Bundle install(String location, byte[] jar) throws BundleException, IOException {
        try (var input = new ByteArrayInputStream(jar)) {
            return context().installBundle(location, input);
        }
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }
}
