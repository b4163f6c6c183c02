package org.cobnut.scan.program;

import java.util.Set;
import org.cobnut.scan.Scanner;

/** The help of nut-scanner; of a kind that nobody here can scan it says so in NUT's words for a missing library. */
final class Help {
    private static final String MISSING = "* Options for %s scan not enabled: library not detected.\n";

    private Help() {}

    static String of(Set<String> kinds) {
        return """
                usage: nut-scanner [options]

                Looks for devices, and shows for each what ups.conf needs. The words behind two hyphens may be shortened.

                What to look at (more than one may be given):
                  -C, --complete_scan          - everything but serial ports (this is the default)
                """
                + option(
                        kinds,
                        Scanner.USB,
                        "-U, --usb_scan",
                        "devices on USB; twice or more: more detail",
                        "USB devices")
                + option(kinds, Scanner.SNMP, "-S, --snmp_scan", "agents of SNMP", "SNMP devices")
                + option(kinds, Scanner.XML, "-M, --xml_scan", "devices with XML over HTTP", "XML/HTTP devices")
                + option(kinds, Scanner.NUT, "-O, --oldnut_scan", "NUT servers, by address", "NUT devices")
                + option(
                        kinds,
                        Scanner.AVAHI,
                        "-A, --avahi_scan",
                        "NUT servers, by mDNS",
                        "NUT devices (new avahi method)")
                + option(
                        kinds,
                        Scanner.SIMULATION,
                        "-n, --nut_simulation_scan",
                        "files of dummy-ups",
                        "simulation files")
                + option(kinds, Scanner.IPMI, "-I, --ipmi_scan", "power supplies behind IPMI", "IPMI devices")
                + option(kinds, Scanner.UPOWER, "-J, --upower_scan", "devices that UPower knows", "UPower devices")
                + """
                  -E, --eaton_serial PORTS     - devices on these serial ports, by SHUT, Q1 and XCP: auto, 0, 0-3, or paths
                                                 with commas between them; whatever hangs at them gets bytes

                Where to look on the network (-s, -e and -m may be given again):
                  -s, --start_ip ADDRESS       - the first address
                  -e, --end_ip ADDRESS         - the last address
                  -m, --mask_cidr ADDRESS/BITS - all addresses of a network; auto, auto4 or auto6: those of this machine
                  -t, --timeout SECONDS        - how long one connection may take (default: 5)
                  -T, --thread NUMBER          - how many connections at the same time (default: 512)
                  -p, --port PORT              - the port of NUT servers (default: 3493)

                How to show it:
                  -Q, --disp_nut_conf_with_sanity_check
                                               - sections of ups.conf, with remarks on serial numbers (default)
                  -N, --disp_nut_conf          - sections of ups.conf
                  -P, --disp_parsable          - a line for each device
                  -q, --quiet                  - do not say what is scanned
                  -D, --nut_debug_level        - say also what could not be looked at, and why

                  -a, --available              - print what this program can scan
                  -V, --version                - print the version
                  -h, --help                   - print this text
                """;
    }

    private static String option(Set<String> kinds, String kind, String option, String does, String devices) {
        return kinds.contains(kind) ? "  %-28s - %s\n".formatted(option, does) : MISSING.formatted(devices);
    }
}
