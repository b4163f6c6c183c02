package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void isTheVersionOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<artifactId>cobnut</artifactId><version>" + Version.OWN + "(-SNAPSHOT)?</version>");
    }

    @Test
    void namesTheLevelOfNutBeforeOurOwn() {
        assertThat(Version.of("upsc")).isEqualTo("Network UPS Tools upsc 2.8.5 (Cobnut " + Version.OWN + ")");
    }
}
