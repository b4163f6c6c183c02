package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.cobnut.testkit.Signer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which jars of the directory are taken when this Cobnut is locked. */
@Timeout(60)
class LockedTest extends DeployerBench {
    private Path vendors;
    private Signer acme;

    @Override
    boolean locked() {
        return true;
    }

    @BeforeEach
    void acme() throws Exception {
        vendors = directory.resolve("etc/vendors");
        acme = new Signer(directory, "acme");
    }

    @Test
    void takesWhatAKnownVendorSigned() throws Exception {
        acme.introduce(vendors);
        deployed("a.jar", acme.sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
        deployed("a.jar", acme.sign(bundle("gadget", "1.1.0")));
        says("INFO a.jar: gadget 1.1.0 replaces gadget 1.0.0");
    }

    @Test
    void takesWhatAKnownAuthorityLetSignUntilThatIsRevoked() throws Exception {
        Signer authority = new Signer(directory, "authority", "-ext", "bc:c");
        authority.introduce(vendors);
        Signer member = authority.issue("member");
        deployed("a.jar", member.sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
        Files.writeString(vendors.resolve("revoked"), authority.fingerprint() + "\n");
        deployed("b.jar", member.sign(bundle("thing", "1.0.0")));
        says("WARN b.jar is not taken: the certificate of CN=authority is revoked: no reason is given");
    }

    @Test
    void trustsNoCertificateThatAnybodyCouldHavePutThere() throws Exception {
        acme.introduce(vendors);
        Files.setPosixFilePermissions(vendors, PosixFilePermissions.fromString("rwxrwxrwx"));
        deployed("a.jar", acme.sign(bundle("gadget", "1.0.0")));
        assertThat(line()).contains(vendors + ": anybody may write to it");
        assertThat(line())
                .startsWith("WARN a.jar is not taken: it is signed by CN=acme, of whom there is no certificate");
    }

    @Test
    void refusesAnUnsignedJar() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("WARN a.jar is not taken: it is not signed, and this Cobnut is locked");
        assertThat(active()).isEmpty();
    }

    @Test
    void refusesAStrangersJarAndKeepsTheOneThatRuns() throws Exception {
        acme.introduce(vendors);
        deployed("a.jar", acme.sign(bundle("gadget", "1.0.0")));
        says("INFO a.jar: gadget 1.0.0 runs");
        deployed("a.jar", new Signer(directory, "mallory").sign(bundle("gadget", "6.6.6")));
        says("WARN a.jar is not taken: it is signed by CN=mallory, of whom there is no certificate in " + vendors
                + ", and this Cobnut is locked; gadget 1.0.0 goes on");
        assertThat(active()).containsExactly("gadget");
    }

    @Test
    void takesANewKeyBesideTheOldOneAndNoneThatIsRevoked() throws Exception {
        acme.introduce(vendors);
        Signer next = new Signer(directory, "next");
        deployed("a.jar", next.sign(bundle("gadget", "1.0.0")));
        assertThat(line())
                .startsWith("WARN a.jar is not taken: it is signed by CN=next, of whom there is no certificate");
        next.introduce(vendors);
        deployed("a.jar", next.sign(bundle("gadget", "1.0.1")));
        says("INFO a.jar: gadget 1.0.1 runs");
        Files.writeString(vendors.resolve("revoked"), "# of 3 May\n" + acme.fingerprint() + "  the key was stolen\n");
        deployed("b.jar", acme.sign(bundle("thing", "1.0.0")));
        says("WARN b.jar is not taken: the certificate of CN=acme is revoked: the key was stolen");
        deployed("a.jar", next.sign(bundle("gadget", "1.1.0")));
        says("INFO a.jar: gadget 1.1.0 replaces gadget 1.0.1");
    }

    @Test
    void refusesAJarThatWasChangedAfterItWasSigned() throws Exception {
        acme.introduce(vendors);
        deployed("a.jar", rewritten(acme.sign(bundle("gadget", "1.0.0")), "gadget/data7", false));
        assertThat(line()).startsWith("WARN a.jar is not taken: it is not what was signed (");
        assertThat(active()).isEmpty();
    }

    @Test
    void refusesAJarToWhichSomethingWasAdded() throws Exception {
        acme.introduce(vendors);
        deployed("a.jar", rewritten(acme.sign(bundle("gadget", "1.0.0")), "gadget/more", true));
        says("WARN a.jar is not taken: it is signed in part only: gadget/more is not, and this Cobnut is locked");
    }

    @Test
    void aVendorThatIsAddedOpensTheDoorToItsJar() throws Exception {
        byte[] jar = acme.sign(bundle("gadget", "1.0.0"));
        deployed("a.jar", jar);
        assertThat(line()).contains("of whom there is no certificate");
        acme.introduce(vendors);
        deployed("a.jar", jar);
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void refusesAJarWhoseManifestNamesAnotherActivator() throws Exception {
        acme.introduce(vendors);
        byte[] signed = acme.sign(bundle("gadget", "1.0.0"));
        deployed("a.jar", withMainAttribute(signed, "Bundle-Activator: evil.Main"));
        assertThat(line()).startsWith("WARN a.jar is not taken: it is not what was signed (");
        assertThat(active()).isEmpty();
    }

    /** The same with one more line in the main section of its manifest. */
    private static byte[] withMainAttribute(byte[] jar, String header) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                if (entry.getName().equals("META-INF/MANIFEST.MF"))
                    text = text.replaceFirst("\\r?\\n", "\r\n" + header + "\r\n");
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
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
