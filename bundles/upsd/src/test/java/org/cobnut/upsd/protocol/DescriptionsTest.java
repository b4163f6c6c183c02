package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionsTest {
    private final Descriptions own = new Descriptions(Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "ups.status, UPS.Status",
        "ups.status, upstream.ups.status",
        "outlet.1.switch, outlet.27.switch",
        "input.L1.current, input.l3.current",
        "input.L1-L2.voltage, input.L3-L1.voltage",
        "output.L1-N.voltage, output.L2-N.voltage",
        "ambient.1.temperature, ambient.2.temperature"
    })
    void namesOfOneKindHaveOneText(String name, String sameAs) {
        assertThat(own.ofVariable(name)).isPresent().isEqualTo(own.ofVariable(sameAs));
    }

    @Test
    void theNeutralConductorIsNoNumber() {
        assertThat(own.ofVariable("input.N.current")).isNotEqualTo(own.ofVariable("input.1.current"));
    }

    @Test
    void knowsCommands() {
        assertThat(own.ofCommand("beeper.mute")).isPresent();
        assertThat(own.ofCommand("outlet.3.load.off")).isPresent();
        assertThat(own.ofCommand("ups.status")).isEmpty();
    }

    @Test
    void aCmdvartabGoesOverOurs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cmdvartab");
        Files.writeString(file, "VARDESC outlet.1.switch \"The freezer\"\nCMDDESC load.off \"Lights out\"\nnonsense\n");
        var both = new Descriptions(Optional.of(file));
        assertThat(both.ofVariable("outlet.1.switch")).hasValue("The freezer");
        assertThat(both.ofVariable("outlet.2.switch")).isEqualTo(own.ofVariable("outlet.2.switch"));
        assertThat(both.ofCommand("load.off")).hasValue("Lights out");
    }
}
