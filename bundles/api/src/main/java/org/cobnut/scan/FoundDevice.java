package org.cobnut.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device that a scanner found: the driver, port and options with which a section of ups.conf drives it. Immutable;
 * begin with {@link #of} or {@link #unknown}.
 */
public final class FoundDevice {
    private final String kind;
    private final Optional<String> driver;
    private final String port;
    private final String description;
    private final List<Setting> settings;
    private final List<String> alternatives;

    private FoundDevice(
            String kind,
            Optional<String> driver,
            String port,
            String description,
            List<Setting> settings,
            List<String> alternatives) {
        this.kind = kind;
        this.driver = driver;
        this.port = port;
        this.description = description;
        this.settings = List.copyOf(settings);
        this.alternatives = List.copyOf(alternatives);
    }

    /** A device of that {@link Scanner#kind kind}, driven by that driver at that port. */
    public static FoundDevice of(String kind, String driver, String port) {
        return new FoundDevice(kind, Optional.of(driver), port, "", List.of(), List.of());
    }

    /** Something that is there but was not asked what it is, such as a serial port that nobody named. */
    public static FoundDevice unknown(String kind, String port) {
        return new FoundDevice(kind, Optional.empty(), port, "", List.of(), List.of());
    }

    /** The same with what a person wants to know of it. */
    public FoundDevice withDescription(String text) {
        return new FoundDevice(kind, driver, port, text, settings, alternatives);
    }

    /** The same with one more option of its section. */
    public FoundDevice withOption(String name, String value) {
        return with(new Setting(name, Optional.of(value), Optional.empty()));
    }

    /** The same with one more option that is a key alone. */
    public FoundDevice withFlag(String name) {
        return with(new Setting(name, Optional.empty(), Optional.empty()));
    }

    /**
     * The same with one more option that is a comment in its section, for it may change or is of use to few.
     *
     * @param tag why, in a word; empty for nothing to say
     */
    public FoundDevice withComment(String tag, String name, String value) {
        return with(new Setting(name, Optional.of(value), Optional.of(tag)));
    }

    /** The same with other drivers that might drive it, the best one first. */
    public FoundDevice withAlternatives(List<String> drivers) {
        return new FoundDevice(kind, driver, port, description, settings, drivers);
    }

    private FoundDevice with(Setting setting) {
        var more = new ArrayList<>(settings);
        more.add(setting);
        return new FoundDevice(kind, driver, port, description, more, alternatives);
    }

    /** Which kind of scanner found it. */
    public String kind() {
        return kind;
    }

    /** The driver that fits; empty when the device was not asked what it is. */
    public Optional<String> driver() {
        return driver;
    }

    /** The port, as ups.conf wants it. */
    public String port() {
        return port;
    }

    /** What a person wants to know of it; empty for nothing. */
    public String description() {
        return description;
    }

    /** The options of its section, in their order. */
    public List<Setting> settings() {
        return settings;
    }

    /** Other drivers that might drive it, the best one first. */
    public List<String> alternatives() {
        return alternatives;
    }

    /** The value of an option that is no comment; empty when the section has none of that name. */
    public Optional<String> option(String name) {
        return settings.stream()
                .filter(setting ->
                        setting.name().equals(name) && setting.comment().isEmpty())
                .findFirst()
                .flatMap(Setting::value);
    }

    @Override
    public String toString() {
        return "%s device at %s, driver %s, options %s".formatted(kind, port, driver.orElse("unknown"), settings);
    }

    /** One option of a section of ups.conf. */
    public static final class Setting {
        private final String name;
        private final Optional<String> value;
        private final Optional<String> comment;

        private Setting(String name, Optional<String> value, Optional<String> comment) {
            this.name = name;
            this.value = value;
            this.comment = comment;
        }

        /** The key. */
        public String name() {
            return name;
        }

        /** What stands behind the key; empty for a key alone. */
        public Optional<String> value() {
            return value;
        }

        /** When the option is a comment, why it is, which may be the empty word; empty when it counts. */
        public Optional<String> comment() {
            return comment;
        }

        @Override
        public String toString() {
            return comment.isPresent() ? "# " + name : name;
        }
    }
}
