package org.cobnut.conf.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.program.Document;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;

/**
 * Holds what setup would add to NUT's files for devices that are found: their sections, users with passwords, and the lines
 * by which upsmon watches them. What is configured already stays as it is.
 *
 * @param host by which upsmon calls the server of this machine
 * @param names of the new sections
 * @param sections their text
 * @param monitors the MONITOR lines of the new devices; empty when upsmon.conf has its own
 * @param additions what is to be written, in this order
 * @param remarks what a person should know
 */
record Proposal(
        String host,
        List<String> names,
        String sections,
        List<String> monitors,
        List<Addition> additions,
        List<String> remarks) {
    static final String SHUTDOWN = "/sbin/shutdown -h +0";
    static final String FLAG = "/etc/killpower";
    private static final String PORT = "3493";
    private static final String LISTEN = """
            # Where clients may ask; only from this machine as it stands.
            LISTEN 127.0.0.1 3493
            """;
    static final String MODE = """
            # Devices of this machine, watched by this machine only; netserver offers them to others, too.
            MODE=standalone
            """;
    private static final String SEVERAL = """
            # As it stands, one UPS that is low is enough for this machine to go down. Where a UPS does not feed it, write 0 for 1 in
            # its MONITOR line; where one alone can carry it, write 1 here.
            """;

    /** Reads the files and makes it; the passwords are as many as are asked for. */
    static Proposal of(Path directory, List<FoundDevice> found, Supplier<String> passwords) throws IOException {
        DiskState disk = new NutFiles(directory).readDisk();
        for (ParsedFile file : disk.parsedFiles().values())
            for (Fault fault : Fault.grave(file.faults()))
                throw new IOException(fault + "; mend it first, and see: nutctl config check");
        return new Builder(directory, disk, passwords).propose(found);
    }

    /** What the checks of all files find that they do not find now; in a folder of its own, where the additions are made. */
    List<Fault> faults(Path directory) throws IOException {
        Path folder = Files.createTempDirectory("cobnut-check");
        try {
            for (Schema schema : Schema.values()) {
                Path file = directory.resolve(schema.file());
                if (Files.exists(file))
                    Files.copy(file, folder.resolve(schema.file()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            write(folder);
            return Fault.beyond(
                    CheckProgram.faults(new NutFiles(folder)), CheckProgram.faults(new NutFiles(directory)));
        } finally {
            for (Schema schema : Schema.values()) Files.deleteIfExists(folder.resolve(schema.file()));
            Files.delete(folder);
        }
    }

    /** Makes all additions, if every file is still as it was read; else none. */
    void write(Path directory) throws IOException {
        Set<String> seen = new HashSet<>();
        for (Addition addition : additions) if (seen.add(addition.file())) addition.check(directory);
        for (Addition addition : additions) addition.write(directory);
    }

    /** Collects the parts. */
    private static final class Builder {
        private final Path directory;
        private final DiskState disk;
        private final Supplier<String> passwords;
        private final List<String> names = new ArrayList<>();
        private final List<Addition> additions = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final StringBuilder sections = new StringBuilder();

        Builder(Path directory, DiskState disk, Supplier<String> passwords) {
            this.directory = directory;
            this.disk = disk;
            this.passwords = passwords;
        }

        Proposal propose(List<FoundDevice> found) throws IOException {
            devices(found);
            if (names.isEmpty()) return new Proposal(host(), names, "", List.of(), additions, remarks);
            List<String> monitors = List.of();
            administrator();
            if (mentioned("monitor"))
                remarks.add("upsmon.conf has MONITOR lines, and stays as it is; to have this machine shut down for "
                        + String.join(", ", names) + ", too: nutctl config add-monitor");
            else monitors = upsmon();
            additions.add(Addition.to(directory, "ups.conf", sections.toString(), ""));
            if (disk.of(Schema.UPSD_CONF).isEmpty()) additions.add(Addition.to(directory, "upsd.conf", LISTEN, ""));
            mode();
            return new Proposal(host(), names, sections.toString(), monitors, additions, remarks);
        }

        private void devices(List<FoundDevice> found) {
            List<FoundDevice> known = FoundDevice.in(
                    disk.of(Schema.UPS_CONF).map(file -> text(file.bytes())).orElse(""));
            Set<String> taken = new HashSet<>();
            known.forEach(section -> taken.add(section.name().toLowerCase(Locale.ROOT)));
            for (FoundDevice device : found) {
                Optional<FoundDevice> server =
                        known.stream().filter(device::servedBy).findFirst();
                if (server.isPresent()) {
                    remarks.add(device.about() + " is configured already, as ["
                            + server.get().name() + "]");
                    continue;
                }
                String name = free("ups", taken);
                names.add(name);
                sections.append(sections.length() == 0 ? "" : "\n").append(device.section(name));
            }
        }

        /** A user who may change settings and run commands, unless there is one. */
        private void administrator() throws IOException {
            boolean there = users().stream()
                    .anyMatch(user -> user.values().containsKey("actions")
                            || user.values().containsKey("instcmds"));
            if (!there)
                user(
                        "admin",
                        "# Who may change settings and run commands.\n",
                        "\tactions = SET\n\tactions = FSD\n\tinstcmds = ALL\n");
        }

        private List<String> upsmon() throws IOException {
            Login login = user("upsmon", "# What upsmon of this machine logs in as.\n", "\tupsmon primary\n");
            List<String> monitors = names.stream()
                    .map(ups -> "MONITOR %s@%s 1 %s %s primary".formatted(ups, host(), login.name(), login.password()))
                    .toList();
            var text =
                    new StringBuilder("# UPS@HOST, how many power supplies of this machine it feeds, and who asks.\n");
            monitors.forEach(line -> text.append(line).append('\n'));
            if (!mentioned("minsupplies")) text.append(minSupplies());
            if (!mentioned("shutdowncmd")) text.append("SHUTDOWNCMD \"" + SHUTDOWN + "\"\n");
            if (!mentioned("powerdownflag"))
                text.append("# The last step of a shutdown looks for this file, and then has the UPS cut its power.\n")
                        .append("POWERDOWNFLAG " + FLAG + "\n");
            additions.add(Addition.to(directory, "upsmon.conf", text.toString(), login.password()));
            return monitors;
        }

        private String minSupplies() {
            String many = names.size() == 1 ? "" : SEVERAL;
            return many + "MINSUPPLIES " + names.size() + '\n';
        }

        private record Login(String name, String password) {}

        private Login user(String wanted, String comment, String rights) throws IOException {
            Set<String> taken = users().stream().map(SectionValues::name).collect(Collectors.toSet());
            var login = new Login(free(wanted, taken), passwords.get());
            String text = comment + "[" + login.name() + "]\n\tpassword = " + login.password() + "\n" + rights;
            additions.add(
                    additions.stream().anyMatch(one -> one.file().equals("upsd.users"))
                            ? second(text, login)
                            : Addition.to(directory, "upsd.users", text, login.password()));
            return login;
        }

        /** Another addition to the same file, on top of the first. */
        private Addition second(String text, Login login) {
            return additions.get(additions.size() - 1).followedBy(text, login.password());
        }

        private void mode() throws IOException {
            List<List<String>> modes =
                    Document.of(directory, "nut.conf", LineSyntax.SHELL).find("", "MODE");
            String mode = modes.isEmpty() ? "none" : String.join("", modes.get(modes.size() - 1));
            if (mode.equals("none"))
                additions.add(Addition.to(directory, "nut.conf", MODE, "").inPlaceOf("MODE", "none"));
            else if (mode.equals("netclient"))
                remarks.add("MODE in nut.conf is netclient, and stays so: no driver is started before it is netserver");
        }

        /** This machine, with the port of the first LISTEN line unless it is the usual one. */
        private String host() {
            Object listen = disk.of(Schema.UPSD_CONF)
                    .map(file -> file.global().values())
                    .orElse(Map.of())
                    .get("listen");
            String[] first = listen instanceof String[] all && all.length > 0 ? all[0].split(" ", -1) : new String[0];
            return first.length < 2 || first[1].equals(PORT) ? "localhost" : "localhost:" + first[1];
        }

        /** Tells whether upsmon.conf has a line of that keyword. */
        private boolean mentioned(String keyword) {
            return disk.of(Schema.UPSMON_CONF)
                    .filter(file -> file.global().mentioned(keyword) > 0)
                    .isPresent();
        }

        private List<SectionValues> users() {
            return disk.of(Schema.UPSD_USERS).map(ParsedFile::sections).orElse(List.of());
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        private static String free(String wanted, Set<String> taken) {
            String name = wanted;
            for (int i = 2; !taken.add(name); i++) name = wanted + i;
            return name;
        }
    }
}
