package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cobnut.deploy.Jars.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleException;

/** Whose jars run, with the lock open and shut. */
@Timeout(60)
class LockTest extends DeployerBench {
    private Path vendors;
    private Signer acme;

    @BeforeEach
    void acme() throws Exception {
        vendors = directory.resolve("etc/vendors");
        acme = new Signer(directory, "acme");
    }

    @Test
    void openTakesAnUnsignedJarAndWarns() throws Exception {
        drop("a.jar", bundle("gadget", "1.0.0"));
        says("WARN a.jar: gadget 1.0.0 is taken though it is not signed");
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void openSaysNothingOfAJarThatTheDistributionCameWith() throws Exception {
        byte[] jar = bundle("gadget", "1.0.0");
        Files.createDirectories(directory.resolve("home/lib"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        Files.writeString(directory.resolve("home/lib/drivers.sha256"), digest + "  a.jar\n");
        drop("a.jar", jar);
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void shutTakesWhatAKnownVendorSigned() throws Exception {
        shut();
        acme.introduce(vendors);
        drop("a.jar", acme.sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
        drop("a.jar", acme.sign(bundle("gadget", "1.1.0")));
        says("INFO a.jar: gadget 1.1.0 replaces gadget 1.0.0");
    }

    @Test
    void shutTakesWhatAKnownAuthorityLetSign() throws Exception {
        shut();
        Signer authority = new Signer(directory, "authority", "-ext", "bc:c");
        authority.introduce(vendors);
        drop("a.jar", authority.issue("member").sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void shutRefusesAnUnsignedJar() throws Exception {
        shut();
        drop("a.jar", bundle("gadget", "1.0.0"));
        says("WARN a.jar is not taken: it is not signed, and this Cobnut is locked");
        assertThat(active()).isEmpty();
    }

    @Test
    void shutRefusesAStrangersJarAndKeepsTheOneThatRuns() throws Exception {
        shut();
        acme.introduce(vendors);
        drop("a.jar", acme.sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
        drop("a.jar", new Signer(directory, "mallory").sign(bundle("gadget", "6.6.6")));
        says("WARN a.jar is not taken: it is signed by CN=mallory, of whom there is no certificate in " + vendors
                + ", and this Cobnut is locked; gadget 1.0.0 goes on");
        assertThat(active()).containsExactly("gadget");
    }

    @Test
    void refusesAJarThatWasChangedAfterItWasSigned() throws Exception {
        acme.introduce(vendors);
        drop("a.jar", rewritten(acme.sign(bundle("gadget", "1.0.0")), "gadget/data7", false));
        assertThat(line()).startsWith("WARN a.jar is not taken: it is not what was signed (");
        assertThat(active()).isEmpty();
    }

    @Test
    void shutRefusesAJarToWhichSomethingWasAdded() throws Exception {
        shut();
        acme.introduce(vendors);
        drop("a.jar", rewritten(acme.sign(bundle("gadget", "1.0.0")), "gadget/more", true));
        says("WARN a.jar is not taken: it is signed in part only: gadget/more is not, and this Cobnut is locked");
    }

    @Test
    void shutRunsNothingThatCameAnotherWay() throws Exception {
        shut();
        var other = framework
                .getBundleContext()
                .installBundle("elsewhere", new ByteArrayInputStream(bundle("gadget", "1.0.0")));
        assertThatThrownBy(other::start).isInstanceOf(BundleException.class);
        says("WARN elsewhere is not run: it did not come through the drivers directory, and this Cobnut is locked");
    }

    @Test
    void aVendorThatIsAddedOpensTheDoorToItsJar() throws Exception {
        shut();
        byte[] jar = acme.sign(bundle("gadget", "1.0.0"));
        drop("a.jar", jar);
        assertThat(line()).contains("of whom there is no certificate");
        acme.introduce(vendors);
        drop("a.jar", jar);
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    private void shut() throws InterruptedException {
        deployer.lock(true);
        says("INFO locked: only jars that a known vendor signed are taken");
    }

    /** The jar with one entry other than it was, or more than there were. */
    private static byte[] rewritten(byte[] jar, String name, boolean more) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] contents = in.readAllBytes();
                out.write(entry.getName().equals(name) ? "changed".getBytes(StandardCharsets.UTF_8) : contents);
            }
            if (more) {
                out.putNextEntry(new ZipEntry(name));
                out.write("added".getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
