package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Jars that would hang, exhaust or end the process; whoever lies beside them runs all the same. */
@Timeout(60)
class HostileJarsTest extends DeployerBench {
    private static final int MEGABYTE = 1 << 20;

    /** Loaded from the hostile bundle, and from nowhere else. */
    public static final class Endless implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
        }

        @Override
        public void stop(BundleContext context) {}
    }

    /** That it waits for a restart is told as often as anything happens beside it. */
    @Override
    boolean heard(String line) {
        return !line.contains("its bundle does not come back");
    }

    @Test
    void anEndlessStartIsSaidAndTheOthersGoOn() throws Exception {
        deployed("a.jar", endless());
        deployed("b.jar", bundle("gadget", "1.0.0"));
        says("WARN a.jar: endless 1.0.0 is taken though it is not signed");
        says("ERROR a.jar: it does not come back from its start or stop after 1 s; the other jars go on without it");
        says("WARN b.jar: gadget 1.0.0 is taken though it is not signed");
        says("INFO b.jar: gadget 1.0.0 runs");
        deployed("c.jar", bundle("later", "1.0.0"));
        says("WARN c.jar: later 1.0.0 is taken though it is not signed");
        says("INFO c.jar: later 1.0.0 runs");
        delete("a.jar");
        delete("b.jar");
        while (!line().equals("INFO b.jar: gadget 1.0.0 is gone"))
            assertThat(active()).contains("later");
    }

    @Test
    void aJarThatHungTwiceIsSetAsideByName() throws Exception {
        String digest = digest(endless());
        Files.writeString(directory.resolve("drivers.faults"), digest + " a.jar\n" + digest + " a.jar\n");
        deployed("a.jar", endless());
        says("WARN a.jar is not taken: it is set aside: twice the process ended or hung while this jar was started; "
                + "bring another version, or remove " + directory.resolve("drivers.faults"));
        assertThat(framework.getBundleContext().getBundles()).hasSize(1);
    }

    @Test
    void aProcessThatEndedDuringAStartIsAFaultOfThatJar() throws Exception {
        var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        Files.writeString(directory.resolve("drivers.starting"), "abc " + boot + " a.jar\n");
        assertThat(new StartRecord(directory).setAside("abc")).isFalse();
        says("ERROR a.jar: the process ended while this jar was started");
        Files.writeString(directory.resolve("drivers.starting"), "abc " + boot + " a.jar\n");
        assertThat(new StartRecord(directory).setAside("abc")).isTrue();
        assertThat(directory.resolve("drivers.starting")).doesNotExist();
    }

    @Test
    void aMachineThatWentDownMeanwhileIsNone() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(directory.resolve("drivers.starting"), "abc another-boot a.jar\n");
            assertThat(new StartRecord(directory).setAside("abc")).isFalse();
        }
    }

    @Test
    void aStartThatWentWellForgetsEarlierFaults() throws Exception {
        byte[] jar = bundle("gadget", "1.0.0");
        Files.writeString(directory.resolve("drivers.faults"), digest(jar) + " a.jar\n");
        deployed("a.jar", jar);
        says("WARN a.jar: gadget 1.0.0 is taken though it is not signed");
        says("INFO a.jar: gadget 1.0.0 runs");
        assertThat(directory.resolve("drivers.faults")).doesNotExist();
        assertThat(directory.resolve("drivers.starting")).doesNotExist();
    }

    @Test
    void aManifestLargerThanMemoryIsRefusedUnread() throws Exception {
        deployed("a.jar", zip("META-INF/MANIFEST.MF", 130));
        says("WARN a.jar is not taken: it is not opened: META-INF/MANIFEST.MF is larger than 2 MB");
    }

    @Test
    void anEntryThatUnpacksToMoreThanItSaysIsRefused() throws Exception {
        byte[] jar = zip("META-INF/MANIFEST.MF", 130);
        // The size of the entry in the directory, which is what Java believes.
        int directoryEntry = lastIndexOf(jar, new byte[] {'P', 'K', 1, 2});
        for (int i = 0; i < 4; i++) jar[directoryEntry + 24 + i] = (byte) (i == 0 ? 100 : 0);
        deployed("a.jar", jar);
        assertThat(line())
                .matches(
                        "WARN a.jar is not taken: it is (not opened: META-INF/MANIFEST.MF is larger than 2 MB|damaged.*)");
    }

    @Test
    void aBombOfEntriesIsRefused() throws Exception {
        deployed("a.jar", zip("classes", 600));
        says("WARN a.jar is not taken: it is not opened: classes is larger than 512 MB");
    }

    @Test
    void aPipeInThePlaceOfAJarBlocksNobody() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("a.jar").toString())
                        .start()
                        .waitFor())
                .isZero();
        deployer.install(directory.resolve("a.jar").toFile());
        says("WARN a.jar is not taken: it cannot be read: it is not a regular file");
    }

    private static byte[] zip(String entry, int megabytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            for (int i = 0; i < megabytes; i++) zip.write(new byte[MEGABYTE]);
        }
        return bytes.toByteArray();
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int at = bytes.length - wanted.length; at >= 0; at--)
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) return at;
        throw new AssertionError("not there");
    }

    private static byte[] endless() throws IOException {
        byte[] plain = bundle(
                "endless",
                "1.0.0",
                "Bundle-Activator: " + Endless.class.getName(),
                "Import-Package: org.osgi.framework");
        var bytes = new ByteArrayOutputStream();
        try (var in = new JarInputStream(new ByteArrayInputStream(plain));
                var code = Endless.class.getResourceAsStream("HostileJarsTest$Endless.class")) {
            try (var out = new JarOutputStream(bytes, in.getManifest())) {
                out.putNextEntry(new JarEntry(Endless.class.getName().replace('.', '/') + ".class"));
                code.transferTo(out);
            }
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    }
}
