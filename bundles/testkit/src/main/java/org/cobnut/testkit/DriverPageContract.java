package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.junit.jupiter.api.Test;

/** A family's page in docs/drivers names, each in a pair of backquotes, what the code has. A driver's test extends it. */
public abstract class DriverPageContract {
    /** The page, without its folder and its suffix. */
    protected abstract String page();

    /** The drivers that it is about. */
    protected abstract List<Driver> drivers();

    /** Further names that must stand on it: programs, dialects, commands and settings. */
    protected abstract List<String> names() throws IOException;

    @Test
    void namesEachOption() throws IOException {
        var options = new ArrayList<String>();
        for (Driver driver : drivers()) for (Option option : driver.options().all()) options.add(option.name());
        assertThat(missing(options)).as("options that the page does not name").isEmpty();
    }

    @Test
    void namesEachProgramCommandAndSetting() throws IOException {
        assertThat(names()).isNotEmpty();
        assertThat(missing(names())).as("names that the page does not name").isEmpty();
    }

    /** The page of this test. */
    protected final Path file() {
        return Path.of("../../docs/drivers", page() + ".md");
    }

    private List<String> missing(List<String> names) throws IOException {
        String text = Files.readString(file());
        return names.stream().filter(name -> !text.contains("`" + name + "`")).toList();
    }
}
