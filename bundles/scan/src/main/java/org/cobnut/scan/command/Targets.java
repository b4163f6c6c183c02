package org.cobnut.scan.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.scan.serial.SerialPorts;
import org.cobnut.wire.ErrorText;

/** Reads where a scan is to look: ports for serial lines, else addresses. */
final class Targets {
    private Targets() {}

    /**
     * The request for one kind.
     *
     * @param where words with commas between them: ports or {@code auto}; addresses, {@code FIRST-LAST}, {@code ADDRESS/BITS}
     * @throws IllegalArgumentException when one of them cannot be read; it names it
     */
    static ScanRequest of(String kind, String where) {
        if (!kind.equals(Scanner.SERIAL)) return ScanRequest.all().withRanges(ranges(where));
        return ScanRequest.all().withPorts(where.equals("auto") ? ports() : List.of(where.split(",")));
    }

    private static List<String> ports() {
        try {
            return new SerialPorts().all().stream().map(SerialPorts.Port::name).toList();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the serial ports of this machine cannot be listed: %s; name them instead of auto"
                            .formatted(ErrorText.withFile(e)),
                    e);
        }
    }

    private static List<AddressRange> ranges(String where) {
        var ranges = new ArrayList<AddressRange>();
        for (String word : where.split(",")) ranges.add(range(word));
        return ranges;
    }

    private static AddressRange range(String word) {
        try {
            int slash = word.indexOf('/');
            if (slash >= 0)
                return AddressRange.network(
                        address(word.substring(0, slash)), Integer.parseInt(word.substring(slash + 1)));
            int hyphen = word.indexOf('-');
            // A name of a host may hold a hyphen; only an address before it makes a range.
            if (hyphen > 0 && word.substring(0, hyphen).matches("[0-9a-fA-F.:]+[.:][0-9a-fA-F.:]*"))
                return AddressRange.of(address(word.substring(0, hyphen)), address(word.substring(hyphen + 1)));
            InetAddress one = address(word);
            return AddressRange.of(one, one);
        } catch (NumberFormatException e) {
            throw wrong(word, "the number of bits behind the slash is none", e);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw wrong(word, ErrorText.of(e), e);
        }
    }

    private static InetAddress address(String text) throws UnknownHostException {
        if (text.isEmpty()) throw new UnknownHostException("(none)");
        return InetAddress.getByName(text);
    }

    private static IllegalArgumentException wrong(String word, String why, Exception cause) {
        return new IllegalArgumentException(
                "%s cannot be scanned: %s; give ADDRESS, FIRST-LAST or ADDRESS/BITS".formatted(word, why), cause);
    }
}
