package org.cobnut.drivers.genericups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;
import org.junit.jupiter.api.Test;

class DocumentTest extends DriverPageContract {
    @Override
    protected String page() {
        return "genericups";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new GenericUps());
    }

    @Override
    protected List<String> names() {
        return List.of("genericups");
    }

    @Test
    void listsEachTypeAsTheCodeHasIt() throws IOException {
        String page = Files.readString(file());
        for (int type = 0; type < Cable.ALL.size(); type++) {
            Cable cable = Cable.ALL.get(type);
            assertThat(page)
                    .contains("| %d | %s %s | %s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    type,
                                    cable.mfr(),
                                    cable.model(),
                                    cable.power(),
                                    cable.ol(),
                                    cable.lb(),
                                    cable.rb(),
                                    cable.bypass(),
                                    cable.shutdown())
                            .replaceAll("  +", " "));
        }
    }
}
