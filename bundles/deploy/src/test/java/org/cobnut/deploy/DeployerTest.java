package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.testkit.Jars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jars run in a framework, and what is said of the others. */
@Timeout(30)
class DeployerTest extends DeployerBench {
    /** Nobody signs here; {@link LockTest} asks about that. */
    @Override
    boolean heard(String line) {
        return !line.endsWith(" is taken though it is not signed");
    }

    @Test
    void runsAJarReplacesItAndEndsIt() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        deployed("a.jar", bundle("gadget", "1.1.0"));
        says("INFO a.jar: gadget 1.1.0 replaces gadget 1.0.0");
        delete("a.jar");
        says("INFO a.jar: gadget 1.1.0 is gone");
        assertThat(active()).isEmpty();
    }

    @Test
    void leavesAJarAloneThatWasOnlyTouched() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        long started = only().getLastModified();
        deployer.update(directory.resolve("a.jar").toFile());
        deployed("b.jar", bundle("other", "1.0.0"));
        says("INFO b.jar: other 1.0.0 runs");
        assertThat(framework.getBundleContext().getBundle(1).getLastModified()).isEqualTo(started);
    }

    @Test
    void saysOnceOfAHalfCopiedJarThatItIsNotWhole() throws Exception {
        byte[] whole = bundle("gadget", "1.0.0");
        deployed("a.jar", Arrays.copyOf(whole, whole.length / 2));
        assertThat(line()).startsWith("WARN a.jar is not taken: it is damaged, or was not copied to its end");
        deployed("a.jar", Arrays.copyOf(whole, whole.length / 2 + 10));
        assertThat(lines.poll(3 * PATIENCE, TimeUnit.MILLISECONDS)).isNull();
        deployed("a.jar", whole);
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void saysNothingOfAJarThatIsStillGrowing() throws Exception {
        byte[] whole = bundle("gadget", "1.0.0");
        for (int i = 1; i < 8; i++) {
            deployed("a.jar", Arrays.copyOf(whole, whole.length * i / 8));
            assertThat(lines.poll(PATIENCE / 3, TimeUnit.MILLISECONDS)).isNull();
        }
        deployed("a.jar", whole);
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void findsDamageInTheMiddle() throws Exception {
        byte[] whole = bundle("gadget", "1.0.0");
        int middle = new String(whole, StandardCharsets.ISO_8859_1).indexOf("gadget/data5") + 20;
        for (int i = 0; i < 8; i++) whole[middle + i] ^= 0x55;
        deployed("a.jar", whole);
        assertThat(line()).startsWith("WARN a.jar is not taken: it is damaged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Import-Package: org.acme.modbus;version="[1.2,2)" | nothing here has package org.acme.modbus [1.2.0,2.0.0)
                    Import-Package: org.osgi.framework;version="[7,8)" | it wants package org.osgi.framework [7.0.0,8.0.0), and here is only 1.10.0
                    Import-Package: org.acme.modbus | nothing here has package org.acme.modbus
                    Require-Bundle: org.acme.core;bundle-version="1.5" | nothing here has bundle org.acme.core from version 1.5.0
                    Require-Capability: org.acme.bus;filter:="(org.acme.bus=can)" | nothing here has capability org.acme.bus can
                    Require-Capability: osgi.ee;filter:="(&(osgi.ee=JavaSE)(version=99))" | it wants JavaSE 99, and this is Java
                    """)
    void saysWhatIsMissingInWords(String header, String words) throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0", header));
        assertThat(line()).startsWith("WARN a.jar is not taken: " + words).doesNotContain("(&", "osgi.wiring");
    }

    @Test
    void takesAJarWhenWhatItWaitedForComes() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0", "Import-Package: gadget"));
        assertThat(line()).isEqualTo("WARN a.jar is not taken: nothing here has package gadget");
        deployed("z.jar", bundle("library", "1.0.0", "Export-Package: gadget"));
        assertThat(List.of(line(), line()))
                .containsExactlyInAnyOrder("INFO z.jar: library 1.0.0 runs", "INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void takesAJarWhenSomebodyElseInstallsWhatItWaitedFor() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0", "Import-Package: gadget"));
        assertThat(line()).contains("not taken");
        framework
                .getBundleContext()
                .installBundle(
                        "elsewhere", new ByteArrayInputStream(bundle("library", "1.0.0", "Export-Package: gadget")));
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void waitsAgainWhenWhatItUsedGoes() throws Exception {
        deployed("z.jar", bundle("library", "1.0.0", "Export-Package: gadget"));
        says("INFO z.jar: library 1.0.0 runs");
        deployed("a.jar", bundle("gadget", "1.0.0", "Import-Package: gadget"));
        says("INFO a.jar: gadget 1.0.0 runs");
        delete("z.jar");
        says("INFO z.jar: library 1.0.0 is gone");
        says("WARN a.jar is not taken: nothing here has package gadget");
        deployed("z.jar", bundle("library", "1.0.0", "Export-Package: gadget"));
        assertThat(List.of(line(), line()))
                .containsExactlyInAnyOrder("INFO z.jar: library 1.0.0 runs", "INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void refusesTheSameBundleTwiceAndTakesItWhenTheFirstGoes() throws Exception {
        deployed("b.jar", bundle("gadget", "1.0.0"));
        says("INFO b.jar: gadget 1.0.0 runs");
        deployed("a.jar", bundle("gadget", "1.0.0", "Comment: another build"));
        says("WARN a.jar is not taken: gadget 1.0.0 is here already, from b.jar");
        delete("b.jar");
        says("INFO b.jar: gadget 1.0.0 is gone");
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void runsTwoVersionsSideBySide() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        deployed("b.jar", bundle("gadget", "2.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        says("INFO b.jar: gadget 2.0.0 runs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Import-Package: org.acme.modbus | nothing here has package org.acme.modbus; gadget 1.0.0 goes on
                    Bundle-ActivationPolicy: sometimes, perhaps;;; | gadget 1.0.0 goes on
                    """)
    void keepsTheOldVersionWhenTheNewOneCannotRun(String header, String words) throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        long since = only().getLastModified();
        deployed("a.jar", bundle("gadget", "2.0.0", "Import-Package: org.acme.modbus"));
        says("WARN a.jar is not taken: nothing here has package org.acme.modbus; gadget 1.0.0 goes on");
        assertThat(only().getLastModified()).isEqualTo(since);
        assertThat(only().getVersion()).hasToString("1.0.0");
    }

    @Test
    void replacesASingletonByItsNextVersion() throws Exception {
        deployed("a.jar", bundle("gadget; singleton:=true", "1.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        deployed("a.jar", bundle("gadget; singleton:=true", "2.0.0"));
        says("INFO a.jar: gadget 2.0.0 replaces gadget 1.0.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Main-Class: a.B | it is a jar, but no OSGi bundle: its manifest has no Bundle-SymbolicName
                    Bundle-SymbolicName: a\\nBundle-Version: one | its Bundle-Version is none: one
                    Bundle-SymbolicName: a\\nBundle-ManifestVersion: 2\\nBundle-Activator: no.Such | it does not start: \
                    no.Such not found by a
                    """)
    void saysWhyAJarIsNoBundleThatRuns(String headers, String words) throws Exception {
        deployed("a.jar", Jars.jar(headers.replace("\\n", "\n")));
        assertThat(line()).startsWith("WARN a.jar is not taken: " + words);
        assertThat(active()).isEmpty();
    }

    @Test
    void leavesABundleStoppedThatSomebodyStopped() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("INFO a.jar: gadget 1.0.0 runs");
        only().stop();
        deployed("b.jar", bundle("other", "1.0.0"));
        says("INFO b.jar: other 1.0.0 runs");
        assertThat(active()).containsExactly("other");
        deployed("a.jar", bundle("gadget", "1.1.0"));
        says("INFO a.jar: gadget 1.1.0 replaces gadget 1.0.0");
        assertThat(active()).containsExactly("other");
    }
}
