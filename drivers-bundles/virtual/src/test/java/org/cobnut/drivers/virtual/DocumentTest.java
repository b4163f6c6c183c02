package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.junit.jupiter.api.Test;

/** The documents name what the code has. */
class DocumentTest {
    @Test
    void nameEveryOption() throws IOException {
        holds("clone.md", new Clone(), new CloneOutlet());
        holds("failover.md", new Failover());
    }

    private static void holds(String name, Driver... drivers) throws IOException {
        String document = Files.readString(Path.of("../../docs/drivers", name));
        for (Driver driver : drivers)
            for (Option option : driver.options().all()) assertThat(document).contains("`" + option.name() + "`");
    }
}
