package org.cobnut.scan.network;

import java.io.IOException;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Component;

/**
 * Finds the UPSes of NUT servers: it connects to each address, asks {@code LIST UPS} in clear, and closes. One thread
 * serves all connections; {@link ScanRequest#parallel} bounds their number. The driver dummy-ups repeats such a UPS here.
 */
@Component
public final class NutServerScanner implements Scanner {
    @Override
    public String kind() {
        return NUT;
    }

    @Override
    public String description() {
        return "UPSes of NUT servers; needs addresses, and asks each of them at port " + ServerProbe.PORT
                + " unless told another";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        if (request.ranges().isEmpty()) return;
        try (var probes = new ServerProbes(kind(), request, report)) {
            probes.run();
        } catch (IOException e) {
            report.problem("NUT servers are not looked for: " + ErrorText.of(e));
        }
    }
}
