package org.cobnut.conf.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.Directive;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.schema.ValueType;
import org.cobnut.conf.text.CommandCheck;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileWriters;
import org.cobnut.wire.HashedPassword;

/**
 * Finds mistakes that no file shows alone and that would otherwise show only in an outage: a MONITOR whose UPS or user
 * is not configured, an AT or a target of notices that matches no MONITOR, a command that does not exist. All of them are warnings, and none
 * contains a secret. Reads files and hashes passwords where upsd.users has hashes: never call it on an event loop.
 */
public final class CrossCheck {
    private static final int PORT = 3493;
    private static final int MOST_ITERATIONS = 1_000_000;

    /** The address of a server as a MONITOR has it, behind the @. */
    private record Server(String host, int port) {
        static Server of(String system) {
            String text = system.substring(system.indexOf('@') + 1);
            if (system.indexOf('@') < 0) return new Server("localhost", PORT);
            int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']')) : text.indexOf(':');
            String host = (colon < 0 ? text : text.substring(0, colon)).replaceAll("[\\[\\]]", "");
            return new Server(host, colon < 0 ? PORT : Integer.parseInt(text.substring(colon + 1)));
        }
    }

    private final DiskState diskState;
    private final Path directory;
    private final List<Fault> faults = new ArrayList<>();

    private CrossCheck(DiskState diskState, Path directory) {
        this.diskState = diskState;
        this.directory = directory;
    }

    /** What is odd between the files that were looked at; a file that is not among them is read if it can be. */
    public static List<Fault> of(DiskState diskState, NutFiles files) {
        var check = new CrossCheck(diskState, files.directory());
        diskState.of(Schema.UPSMON_CONF).ifPresent(check::upsmon);
        diskState.of(Schema.UPSSCHED_CONF).ifPresent(check::upssched);
        diskState
                .of(Schema.NOTIFY_CONF)
                .ifPresent(notify -> check.faults.addAll(NotifyCheck.of(
                        notify,
                        check.find(Schema.UPSMON_CONF).map(CrossCheck::systems).orElse(Set.of()))));
        check.writers();
        return check.faults;
    }

    /** NUT reads a file whoever may write it, and so do we: a machine without protection would be the greater harm. */
    private void writers() {
        var told = new HashSet<String>();
        for (Schema schema : Schema.values())
            if (diskState.of(schema).isPresent())
                FileWriters.ofThisProcess()
                        .fault(directory.resolve(schema.file()))
                        .filter(told::add)
                        .ifPresent(reason -> warn(schema, 0, "decides what is run here, and " + reason));
    }

    private void upsmon(ParsedFile upsmon) {
        List<Directive> monitors = Directive.all(upsmon, "MONITOR");
        Optional<ParsedFile> upsd = find(Schema.UPSD_CONF);
        if (upsd.isPresent() && !client())
            for (Directive monitor : monitors)
                if (local(Server.of(monitor.words().get(0)), upsd.get())) monitor(monitor);
        command(upsmon, "NOTIFYCMD");
        // A helper outside the jail runs this one, and there it cannot be looked for.
        if (System.getProperty("cobnut.root") == null) command(upsmon, "SHUTDOWNCMD");
        Object flag = upsmon.global().values().get("powerdownflag");
        if (flag != null) folder(String.valueOf(flag), last(upsmon, "POWERDOWNFLAG"));
    }

    private void monitor(Directive monitor) {
        String system = monitor.words().get(0);
        String ups = system.contains("@") ? system.substring(0, system.indexOf('@')) : system;
        find(Schema.UPS_CONF)
                .filter(conf -> conf.named(ups).isEmpty())
                .ifPresent(conf -> warn(
                        Schema.UPSMON_CONF,
                        monitor.line(),
                        "MONITOR " + system + ": ups.conf has no section [" + ups + "]"));
        find(Schema.UPSD_USERS)
                .flatMap(users -> user(monitor, users))
                .ifPresent(reason -> warn(
                        Schema.UPSMON_CONF,
                        monitor.line(),
                        "MONITOR " + system + ": " + reason + ", so its login is refused"));
    }

    private static Optional<String> user(Directive monitor, ParsedFile users) {
        Optional<SectionValues> user = users.find(monitor.words().get(2));
        if (user.isEmpty()) return Optional.of("upsd.users has no user of the name that is its third word");
        var values = user.get().values();
        Object password = values.get("password");
        if (password != null && !same(String.valueOf(password), monitor.words().get(3)))
            return Optional.of(
                    "its password is not the one of upsd.users:" + user.get().line());
        Object actions = values.getOrDefault("actions", new String[0]);
        Set<String> rights = ValueType.texts(actions).stream()
                .map(action -> action.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String role = String.valueOf(values.getOrDefault("upsmon", ""));
        String wanted = monitor.words().get(4).toLowerCase(Locale.ROOT);
        boolean primary = wanted.equals("primary") || wanted.equals("master");
        boolean primaryRight = role.equals("primary") || rights.contains("PRIMARY") || rights.contains("MASTER");
        if (role.isEmpty() && !rights.contains("LOGIN"))
            return Optional.of(
                    "its user has no 'upsmon' line at upsd.users:" + user.get().line());
        if (primary && !primaryRight)
            return Optional.of(
                    "its user is no primary at upsd.users:" + user.get().line());
        return Optional.empty();
    }

    private static boolean same(String stored, String given) {
        if (!HashedPassword.meant(stored)) return stored.equals(given);
        HashedPassword hash = HashedPassword.parse(stored);
        return hash.iterations() > MOST_ITERATIONS || hash.is(given);
    }

    /** Tells whether a server is the one that upsd.conf is for. */
    private static boolean local(Server server, ParsedFile upsd) {
        Set<String> hosts = new HashSet<>(Set.of("localhost", "::1"));
        Set<Integer> ports = new HashSet<>();
        for (Directive listen : Directive.all(upsd, "LISTEN")) {
            hosts.add(listen.words().get(0).toLowerCase(Locale.ROOT));
            ports.add(
                    listen.words().size() > 1 ? Integer.parseInt(listen.words().get(1)) : PORT);
        }
        if (ports.isEmpty()) ports.add(PORT);
        String host = server.host.toLowerCase(Locale.ROOT);
        return ports.contains(server.port) && (hosts.contains(host) || host.startsWith("127."));
    }

    private boolean client() {
        return find(Schema.NUT_CONF)
                .filter(conf -> "netclient".equals(conf.global().values().get("mode")))
                .isPresent();
    }

    private void upssched(ParsedFile upssched) {
        command(upssched, "CMDSCRIPT");
        List<Directive> rules = Directive.all(upssched, "AT");
        Optional<ParsedFile> upsmon = find(Schema.UPSMON_CONF);
        if (rules.isEmpty() || upsmon.isEmpty()) return;
        Set<String> systems = systems(upsmon.get());
        Set<String> executed = Directive.all(upsmon.get(), "NOTIFYFLAG").stream()
                .filter(flag -> List.of(flag.words().get(1).split("\\+")).contains("EXEC"))
                .map(flag -> flag.words().get(0))
                .collect(Collectors.toSet());
        List<Directive> told = Directive.all(upsmon.get(), "NOTIFYCMD");
        boolean direct =
                !told.isEmpty() && upssched(told.get(told.size() - 1).words().get(0));
        for (Directive rule : rules) {
            String type = rule.words().get(0).toUpperCase(Locale.ROOT);
            String ups = rule.words().get(1);
            if (!ups.equals("*") && !systems.isEmpty() && !systems.contains(ups))
                warn(
                        Schema.UPSSCHED_CONF,
                        rule.line(),
                        "AT is for the UPS '%s', and no MONITOR of upsmon.conf has just that name".formatted(ups));
            else if (direct && !executed.contains(type))
                warn(
                        Schema.UPSSCHED_CONF,
                        rule.line(),
                        "AT %s is never met, for no NOTIFYFLAG of upsmon.conf gives %s the flag EXEC"
                                .formatted(type, type));
        }
        if (told.isEmpty())
            warn(
                    Schema.UPSSCHED_CONF,
                    rules.get(0).line(),
                    "AT is never met, for upsmon.conf has no NOTIFYCMD that names upssched");
    }

    /** The UPSes of the MONITOR lines. */
    private static Set<String> systems(ParsedFile upsmon) {
        return Directive.all(upsmon, "MONITOR").stream()
                .map(monitor -> monitor.words().get(0))
                .collect(Collectors.toSet());
    }

    /** The last line of a command is the one that counts. */
    private void command(ParsedFile parsed, String word) {
        List<Directive> all = Directive.all(parsed, word);
        if (all.isEmpty()) return;
        Directive command = all.get(all.size() - 1);
        String text = command.words().get(0);
        // What names upssched is done by the bundle of that name.
        if (word.equals("NOTIFYCMD") && upssched(text)) return;
        String path = System.getenv().getOrDefault("PATH", "");
        CommandCheck.foreign(path)
                .shell(text)
                .ifPresent(reason -> warn(parsed.schema(), command.line(), word + ' ' + reason));
    }

    private static boolean upssched(String command) {
        return command.strip().split("\\s", 2)[0].replaceFirst(".*/", "").equals("upssched");
    }

    private void folder(String file, int line) {
        try {
            Path folder = Path.of(file).getParent();
            if (file.startsWith("/") && folder != null && Files.notExists(folder))
                warn(Schema.UPSMON_CONF, line, "POWERDOWNFLAG: the directory " + folder + " is not there");
        } catch (InvalidPathException wrong) {
            warn(Schema.UPSMON_CONF, line, "POWERDOWNFLAG: this is no name of a file");
        }
    }

    private static int last(ParsedFile parsed, String word) {
        List<Directive> all = Directive.all(parsed, word);
        return all.isEmpty() ? 0 : all.get(all.size() - 1).line();
    }

    private Optional<ParsedFile> find(Schema schema) {
        Optional<ParsedFile> seen = diskState.of(schema);
        return seen.isPresent() ? seen : read(schema);
    }

    /** A program that needs only some of the files may yet be able to read the others. */
    private Optional<ParsedFile> read(Schema schema) {
        Path path = directory.resolve(schema.file());
        try {
            byte[] bytes = Files.readAllBytes(path);
            return Optional.of(new ParsedFile(ConfFile.parse(schema.file(), schema.style(), bytes), schema));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void warn(Schema schema, int line, String reason) {
        faults.add(Fault.warning(schema.file(), line, reason));
    }
}
