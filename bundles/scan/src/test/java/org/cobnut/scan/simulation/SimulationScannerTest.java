package org.cobnut.scan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationScannerTest extends ScannerContract {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("two.seq", "one.dev", ".dev", "ups.conf", "dev"))
            Files.createFile(folder.resolve(name));
        Files.createDirectory(folder.resolve("folder.dev"));
    }

    @Override
    protected Scanner scanner() {
        return new SimulationScanner(folder);
    }

    @Override
    protected ScanRequest request() {
        return ScanRequest.all();
    }

    @Override
    protected Optional<ScanRequest> silence() {
        return Optional.empty();
    }

    @Test
    void findsTheFilesThatDummyUpsPlays() throws Exception {
        assertThat(scan(scanner(), request()).devices())
                .extracting(FoundDevice::port)
                .containsExactly("one.dev", "two.seq");
    }

    @Test
    void saysWhichFolderCannotBeRead() throws Exception {
        Told told = scan(new SimulationScanner(folder.resolve("none")), request());
        assertThat(told.problems())
                .containsExactly(
                        folder.resolve("none") + ": simulation files are not looked for: no such file or directory");
    }
}
