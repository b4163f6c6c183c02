package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.NutFile;

/** Finds the jars of the distribution whose drivers ups.conf does not name, so that a start takes the others first. */
public final class DriverOrder {
    /** Lists the jars of the distribution, each in a line with its drivers; the build writes it. */
    private static final String LIST = "lib/drivers.list";

    private DriverOrder() {}

    /**
     * Returns the names of those jars, or none where the list cannot be read. A file that cannot be read is no fault
     * here: this only decides the order, and whoever needs the file says why it fails.
     */
    public static List<String> last(Path home, Path conf) {
        Set<String> named = NutFile.readIfThere(conf.resolve("ups.conf"), LineSyntax.SECTIONS).sections().stream()
                .flatMap(section -> section.valueInAnyCase("driver").stream())
                .collect(Collectors.toSet());
        try (Stream<String> lines = Files.lines(home.resolve(LIST))) {
            return lines.map(line -> List.of(line.split(" ")))
                    .filter(words -> words.stream().skip(1).noneMatch(named::contains))
                    .map(words -> words.get(0))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
