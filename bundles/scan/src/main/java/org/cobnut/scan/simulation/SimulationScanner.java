package org.cobnut.scan.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds files of the form {@code NAME.dev} and {@code NAME.seq} in the configuration directory. */
@Component
public final class SimulationScanner implements Scanner {
    private static final String CONFPATH = "cobnut.confpath";

    private final Path folder;

    /** For a program, which has the configuration directory as a system property. */
    public SimulationScanner() {
        this(Path.of(System.getProperty(CONFPATH, "etc")));
    }

    @Activate
    public SimulationScanner(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(CONFPATH))));
    }

    SimulationScanner(Path folder) {
        this.folder = folder;
    }

    @Override
    public String kind() {
        return SIMULATION;
    }

    @Override
    public String description() {
        return "files of the driver dummy-ups (*.dev, *.seq) in " + folder;
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".+\\.(dev|seq)"))
                    .sorted()
                    .forEach(name -> report.found(FoundDevice.of(SIMULATION, "dummy-ups", name)
                            .withDescription("plays " + folder.resolve(name))));
        } catch (IOException e) {
            report.problem(folder + ": simulation files are not looked for: " + ErrorText.of(e));
        }
    }
}
