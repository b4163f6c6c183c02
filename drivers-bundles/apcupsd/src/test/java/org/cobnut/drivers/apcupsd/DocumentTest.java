package org.cobnut.drivers.apcupsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/drivers/apcupsd.md names every variable with its key. */
class DocumentTest {
    @Test
    void namesEveryKeyAndVariable() throws IOException {
        String document = Files.readString(Path.of("../../docs/drivers/apcupsd.md"));
        for (Items.Item item : Items.ALL)
            assertThat(document).contains("| " + item.key() + " | `" + item.variable() + "` |");
    }
}
