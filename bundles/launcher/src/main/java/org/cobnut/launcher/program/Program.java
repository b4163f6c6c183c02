package org.cobnut.launcher.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.cobnut.launcher.process.StartException;

/**
 * Describes one program: the bundles of the distribution that it runs, its framework properties, and the name of its
 * process (docs/architecture.md, "Programs").
 */
public sealed interface Program {
    /** Bundles that only the whole has use for: hot deployment, the shell, descriptions for forms, and children. */
    List<String> COMFORT = List.of(
            "cobnut.deploy",
            "cobnut.scan",
            "cobnut.shell",
            "org.apache.felix.fileinstall",
            "org.apache.felix.gogo.",
            "org.apache.felix.metatype",
            "cobnut.keeper");

    /** What takes commands of nutctl. */
    List<String> COMMANDS = List.of("cobnut.shell", "org.apache.felix.gogo.runtime");

    /** NUT's name of the program, or cobnut. */
    String name();

    /** What the framework property cobnut.program says. */
    default String kind() {
        return name();
    }

    /** The name of its PID file and of what it keeps in the state path, without an end. */
    default String stem() {
        return name();
    }

    /** The longest name of a socket that it makes in the state path and cannot do without; empty for none. */
    default String longestSocketName() {
        return "";
    }

    /** The refusal to be the second of its kind, in NUT's words; the number is that of the first, where it is known. */
    default String alreadyRunning(Path file, OptionalLong pid) {
        return ("A previous %s instance is already running!\n"
                        + "Either stop the previous instance first, or use the 'reload' command.")
                .formatted(name());
    }

    /** Tells whether a bundle of the system directory belongs to it. */
    boolean wants(String symbolicName);

    /** Framework properties beside those that all have. */
    default Map<String, String> properties() {
        return Map.of();
    }

    /** What tells systemd how the process fares; only for who was started by it. */
    String MANAGED = "cobnut.systemd";

    /**
     * Drivers, server and tools in one process.
     *
     * @param watches whether upsmon is inside, too
     * @param isolatesUsb whether devices on USB have processes of their own, unless their sections say otherwise
     */
    record Whole(boolean watches, boolean isolatesUsb) implements Program {
        /** One where all drivers run inside. */
        public Whole(boolean watches) {
            this(watches, false);
        }

        /** As the environment wants it. */
        public static Whole of(boolean watches, Map<String, String> environment) throws StartException {
            var word = environment.getOrDefault(USB_ISOLATION, "thread");
            return switch (word) {
                case "thread" -> new Whole(watches, false);
                case "process" -> new Whole(watches, true);
                default ->
                    throw new StartException("%s is thread or process, not \"%s\"".formatted(USB_ISOLATION, word));
            };
        }

        private static final String USB_ISOLATION = "COBNUT_USB_ISOLATION";
        private static final List<String> MONITOR = List.of("cobnut.upsmon", "cobnut.upssched", "cobnut.notify");

        @Override
        public String name() {
            return "cobnut";
        }

        @Override
        public String stem() {
            return "upsd";
        }

        @Override
        public Map<String, String> properties() {
            return isolatesUsb ? Map.of("cobnut.usb.isolation", "process") : Map.of();
        }

        @Override
        public String longestSocketName() {
            return ".n00000000/n";
        }

        @Override
        public String alreadyRunning(Path file, OptionalLong pid) {
            return pid.isPresent()
                    ? "already running as process %d (%s)".formatted(pid.getAsLong(), file)
                    : "another one is starting (%s)".formatted(file);
        }

        @Override
        public boolean wants(String symbolicName) {
            return !symbolicName.equals("cobnut.solo") && (watches || !starts(MONITOR, symbolicName));
        }
    }

    /**
     * NUT's upsd: it serves what it finds behind the sockets of drivers.
     *
     * @param family 4 or 6 when only addresses of that version of IP count
     */
    record Server(Optional<String> family) implements Program {
        private static final List<String> OTHERS = List.of(
                "cobnut.recall",
                "cobnut.table",
                "cobnut.runtime",
                "org.objectweb.asm",
                "cobnut.solo",
                "cobnut.link.",
                "com.fazecast.jSerialComm",
                "cobnut.upsmon",
                "cobnut.upssched",
                "cobnut.notify",
                "cobnut.mqtt");

        @Override
        public String name() {
            return "upsd";
        }

        @Override
        public boolean wants(String symbolicName) {
            return !starts(COMFORT, symbolicName) && !starts(OTHERS, symbolicName);
        }

        @Override
        public Map<String, String> properties() {
            return family.map(version -> Map.of("cobnut.upsd.family", version)).orElse(Map.of());
        }
    }

    /**
     * One driver of NUT for one section of ups.conf.
     *
     * @param jar the bundle that has it
     * @param settings what it is told beside the files
     */
    record Driver(String name, String ups, Path jar, Map<String, String> settings) implements Program {
        private static final List<String> OTHERS = List.of(
                "cobnut.upsd",
                "cobnut.upsmon",
                "cobnut.upssched",
                "cobnut.notify",
                "cobnut.mqtt",
                MANAGED,
                "cobnut.tcnative",
                "io.netty.handler",
                "io.netty.codec",
                "io.netty.tcnative",
                "io.netty.transport-native",
                "io.netty.transport-classes-epoll");

        public Driver {
            settings = Map.copyOf(settings);
        }

        /** The framework property that says that a whole runs it, and runs it again when it ends. */
        public static final String KEPT = "cobnut.kept";

        @Override
        public String kind() {
            return "driver";
        }

        @Override
        public String stem() {
            return name + "-" + ups;
        }

        @Override
        public String longestSocketName() {
            return stem();
        }

        @Override
        public boolean wants(String symbolicName) {
            // A whole passes commands on to the drivers that it keeps.
            if ("true".equals(settings.get(KEPT)) && starts(COMMANDS, symbolicName)) return true;
            return !starts(COMFORT, symbolicName) && !starts(OTHERS, symbolicName);
        }

        @Override
        public Map<String, String> properties() {
            return settings;
        }
    }

    /**
     * NUT's upsmon: it watches what servers show, wherever they run.
     *
     * @param managed whether systemd is to hear of it, which takes Netty's sockets
     * @param commanded whether nutctl may ask it, which takes memory
     */
    record Monitor(boolean managed, boolean commanded) implements Program {
        /** One that nutctl may ask when there are targets of notices, for people want to try these. */
        public static Monitor of(boolean managed, Path conf) {
            return new Monitor(managed, Files.exists(conf.resolve("notify.conf")));
        }

        private static final List<String> OTHERS = List.of(
                "cobnut.recall",
                "cobnut.table",
                "cobnut.runtime",
                "org.objectweb.asm",
                "cobnut.solo",
                "cobnut.upsd",
                "cobnut.mqtt",
                "cobnut.tcnative",
                "cobnut.driversocket",
                "cobnut.link.",
                "com.fazecast.jSerialComm",
                "io.netty.handler",
                "io.netty.codec",
                "io.netty.tcnative");
        private static final List<String> SOCKETS = List.of("io.netty.", MANAGED);

        @Override
        public String name() {
            return "upsmon";
        }

        @Override
        public boolean wants(String symbolicName) {
            if (commanded && starts(COMMANDS, symbolicName)) return true;
            return !starts(COMFORT, symbolicName)
                    && !starts(OTHERS, symbolicName)
                    && (managed || !starts(SOCKETS, symbolicName));
        }
    }

    private static boolean starts(List<String> names, String symbolicName) {
        return names.stream().anyMatch(symbolicName::startsWith);
    }
}
