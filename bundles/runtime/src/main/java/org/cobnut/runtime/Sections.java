package org.cobnut.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads sections out of configurations. */
final class Sections {
    private static final String ORIGIN = ".origin";

    private Sections() {}

    static Section read(DeviceConfig config, Map<String, ?> properties) {
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
                Section.options(config.options()),
                properties.get(ORIGIN) instanceof String origin ? origin : "");
    }

    private static List<String> commands(String... lines) {
        return Arrays.stream(lines)
                .flatMap(line -> Arrays.stream(line.split("[,\\s]+", -1)))
                .filter(command -> !command.isEmpty())
                .toList();
    }
}
