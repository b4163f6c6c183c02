package org.cobnut.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of unsigned jars when this Cobnut is not locked. */
@Timeout(60)
class UnlockedTest extends DeployerBench {
    @Test
    void takesAnUnsignedJarAndWarns() throws Exception {
        deployed("a.jar", bundle("gadget", "1.0.0"));
        says("WARN a.jar: gadget 1.0.0 is taken though it is not signed");
        says("INFO a.jar: gadget 1.0.0 runs");
    }

    @Test
    void takesNoJarThatIsRevoked() throws Exception {
        byte[] jar = bundle("gadget", "1.0.0");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        Files.createDirectories(directory.resolve("etc/vendors"));
        Files.writeString(
                directory.resolve("etc/vendors/revoked"), "nonsense\n" + digest + "  switches the load off\n");
        deployed("a.jar", jar);
        assertThat(line())
                .startsWith("ERROR " + directory.resolve("etc/vendors/revoked") + ":1: this line revokes nothing");
        says("WARN a.jar is not taken: it is revoked: switches the load off");
        Files.delete(directory.resolve("etc/vendors/revoked"));
        deployed("a.jar", bundle("gadget", "1.0.1"));
        says("WARN a.jar: gadget 1.0.1 is taken though it is not signed");
    }

    @Test
    void saysNothingOfAJarThatTheDistributionCameWith() throws Exception {
        byte[] jar = bundle("gadget", "1.0.0");
        Files.createDirectories(directory.resolve("home/lib"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        Files.writeString(directory.resolve("home/lib/drivers.sha256"), digest + "  a.jar\n");
        deployed("a.jar", jar);
        says("INFO a.jar: gadget 1.0.0 runs");
    }
}
