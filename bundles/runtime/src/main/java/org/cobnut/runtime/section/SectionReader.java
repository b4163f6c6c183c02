package org.cobnut.runtime.section;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads sections out of configurations. */
public final class SectionReader {
    private static final String ORIGIN = ".origin";
    private static final String USER = "user";

    private SectionReader() {}

    /**
     * Reads a section.
     *
     * @param properties the configuration as its component was told it
     * @throws IllegalStateException when its secret lines cannot be read
     */
    public static Section read(DeviceConfig config, Map<String, ?> properties, SecretOptions passwords) {
        return new Section(
                config.ups(),
                config.driver(),
                config.port(),
                config.desc(),
                config.pollinterval(),
                config.synchronous(),
                config.debug_min(),
                config.ignorelb(),
                config.allow_killpower(),
                config.nolock(),
                commands(config.sdcommands()),
                Section.options(Stream.of(user(properties), config.options(), passwords.of(properties))
                        .flatMap(Arrays::stream)
                        .toArray(String[]::new)),
                properties.get(ORIGIN) instanceof String origin ? origin : "");
    }

    /** NUT's core and some drivers both have this key, so it is not among the options. */
    private static String[] user(Map<String, ?> properties) {
        return properties.get(USER) instanceof String user ? new String[] {USER + " = " + user} : new String[0];
    }

    private static List<String> commands(String... lines) {
        return Arrays.stream(lines)
                .flatMap(line -> Arrays.stream(line.split("[,\\s]+", -1)))
                .filter(command -> !command.isEmpty())
                .toList();
    }
}
