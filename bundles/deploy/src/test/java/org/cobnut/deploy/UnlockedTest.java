package org.cobnut.deploy;

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
