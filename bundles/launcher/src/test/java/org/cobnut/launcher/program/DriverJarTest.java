package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.cobnut.launcher.process.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverJarTest {
    @TempDir
    private Path drivers;

    /** As in the framework, whatever the files are called. */
    @Test
    void ofSeveralJarsWithADriverTheOneThatRanksHighestHasIt() throws IOException, StartException {
        assertThat(DriverJar.of("acme", drivers)).isEmpty();
        Path usual = jar("m.jar", "");
        jar("a.jar", "<property name=\"service.ranking\" type=\"Integer\" value=\"-10\"/>");
        assertThat(DriverJar.of("acme", drivers)).hasValue(usual);
        Path higher = jar("z.jar", "<property name=\"service.ranking\" type=\"Integer\" value=\"5\"/>");
        assertThat(DriverJar.of("acme", drivers)).hasValue(higher);
        assertThat(DriverJar.of("other", drivers)).isEmpty();
        Files.delete(higher);
        assertThat(DriverJar.of("acme", drivers)).hasValue(usual);
    }

    private Path jar(String name, String property) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/driver.xml");
        try (var out = new JarOutputStream(Files.newOutputStream(drivers.resolve(name)), manifest)) {
            out.putNextEntry(new JarEntry("OSGI-INF/driver.xml"));
            out.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="driver">
                      <property name="driver.name" type="String" value="acme"/>
                      %s
                    </scr:component>
                    """.formatted(property).getBytes(StandardCharsets.UTF_8));
        }
        return drivers.resolve(name);
    }
}
