package org.cobnut.drivers.sec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.serial.DriverComparison;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same unit read by Debian's driver and by ours; what differs stands in docs/drivers/sec.md. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/sec.md");

    @TempDir
    Path folder;

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("gamatronic", (Supplier<Driver>) Gamatronic::new, (Supplier<SecUnit>) SecUnit::terse),
                Arguments.of(
                        "tripplitesu", (Supplier<Driver>) TrippLiteSu::new, (Supplier<SecUnit>) SecUnit::trippLite),
                Arguments.of("belkin", (Supplier<Driver>) Belkin::new, (Supplier<SecUnit>) SecUnit::belkin));
    }

    private static final Map<String, List<String>> COMMANDS = Map.of(
            "gamatronic", List.of(),
            "tripplitesu", List.of("load.off", "shutdown.return", "test.battery.start"),
            // it throws away what it has not sent yet, so that one order is all that can be compared
            "belkin", List.of("test.battery.start.deep"));

    @ParameterizedTest
    @MethodSource("units")
    void differsFromTheCDriverOnlyAsDocumented(String name, Supplier<Driver> driver, Supplier<SecUnit> device)
            throws IOException {
        var comparison = DriverComparison.of(
                folder,
                name,
                driver.get(),
                device.get(),
                new SerialLinks(),
                request -> request.startsWith("~00S"),
                COMMANDS.getOrDefault(name, List.of()));
        assertThat(comparison.differences()).isEqualTo(DriverFacts.documented(PAGE, name));
        assertThat(withoutRestart(comparison.ours())).isEqualTo(withoutRestart(comparison.theirs()));
    }

    /** The unit keeps this setting, so that only the first of two drivers sends it. */
    private static List<String> withoutRestart(List<String> orders) {
        return orders.stream().filter(order -> !order.contains("ARB")).toList();
    }
}
