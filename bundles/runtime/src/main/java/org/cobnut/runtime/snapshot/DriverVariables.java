package org.cobnut.runtime.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.Section;

/** What every driver of NUT says and does by itself: the driver.* variables and commands (nut-names, "driver"). */
public final class DriverVariables {
    static final String NUT_LEVEL = "2.8.5";
    static final String DEBUG = "driver.debug";
    static final String ALLOW_KILLPOWER = "driver.flag.allow_killpower";
    public static final String KILLPOWER = "driver.killpower";
    private static final List<String> RELOADS =
            List.of("driver.reload", "driver.reload-or-error", "driver.reload-or-exit");
    private static final List<String> ON = List.of("1", "enable", "enabled", "true", "yes", "on");
    private static final List<String> OFF = List.of("0", "disable", "disabled", "false", "no", "off");

    private final Section section;
    private final String version;
    private CommonSettings.Values common;
    private Options options = Options.of();
    private Optional<Integer> debug = Optional.empty();
    private boolean killpower;

    /**
     * Variables of a section.
     *
     * @param version of the driver; empty for none
     */
    public DriverVariables(Section section, CommonSettings.Values common, String version) {
        this.section = section;
        this.common = common;
        this.version = version;
        killpower = section.allowKillpower();
    }

    /** Returns the section that the driver runs. */
    public Section section() {
        return section;
    }

    boolean killpower() {
        return killpower;
    }

    /** The driver's options became known; without them it is not known what is secret. */
    public void options(Options known) {
        options = known;
    }

    /** Takes other common settings from now on. */
    public void common(CommonSettings.Values now) {
        common = now;
    }

    /** Adds what is said by itself; what the driver said of its own parameters stays. */
    void addTo(Map<String, Variable> variables, String state) {
        put(variables, "driver.name", section.driver(), VarType.READ_ONLY);
        put(variables, "driver.version", NUT_LEVEL, VarType.READ_ONLY);
        put(variables, "driver.state", state, VarType.READ_ONLY);
        put(variables, DEBUG, Integer.toString(debug.orElse(common.debug())), VarType.number());
        put(variables, ALLOW_KILLPOWER, killpower ? "1" : "0", VarType.number());
        parameter(variables, "driver.version.internal", version);
        parameter(variables, "driver.parameter.port", section.port());
        parameter(variables, "driver.parameter.pollinterval", Integer.toString(common.interval()));
        parameter(variables, "driver.parameter.synchronous", common.synchronous());
        if (section.ignoreLowBattery()) parameter(variables, "driver.flag.ignorelb", "enabled");
        if (section.noLock()) parameter(variables, "driver.flag.nolock", "enabled");
        section.options().forEach((key, value) -> option(variables, key, value));
    }

    /** The commands that every driver offers. */
    static void addTo(Set<String> commands) {
        commands.addAll(RELOADS);
        commands.add(KILLPOWER);
        commands.add(Section.DEFAULT_SHUTDOWN);
    }

    /** A SET that is answered here and not by the driver; nothing when it is the driver's. */
    public Optional<Outcome> set(String variable, String value) {
        if (variable.equalsIgnoreCase(DEBUG)) return Optional.of(debug(value));
        if (variable.equalsIgnoreCase(ALLOW_KILLPOWER)) return Optional.of(killpower(value));
        return Optional.empty();
    }

    /** A command that is answered here. Configuration is always live here, so a reload has nothing left to do. */
    public Optional<Outcome> run(String command) {
        if (RELOADS.stream().anyMatch(command::equalsIgnoreCase)) return Optional.of(Outcome.handled());
        if (command.equalsIgnoreCase(KILLPOWER) && !killpower)
            return Optional.of(Outcome.invalid("allow_killpower is not set"));
        return Optional.empty();
    }

    private Outcome debug(String value) {
        if (!value.matches("-?\\d{1,9}")) return new Outcome(Outcome.Code.CONVERSION_FAILED, "not a number");
        int level = Integer.parseInt(value);
        debug = level < 0 ? Optional.empty() : Optional.of(level);
        return Outcome.handled();
    }

    private Outcome killpower(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (!ON.contains(word) && !OFF.contains(word)) return Outcome.invalid("neither on nor off");
        killpower = ON.contains(word);
        return Outcome.handled();
    }

    private void option(Map<String, Variable> variables, String key, String value) {
        Optional<Option> known = options.find(key);
        if (known.isPresent() && known.get().kind() == Option.Kind.FLAG)
            parameter(variables, "driver.flag." + key, "enabled");
        else if (Section.presets(key) || (known.isPresent() && known.get().kind() != Option.Kind.SECRET))
            parameter(variables, "driver.parameter." + key, value);
    }

    private static void parameter(Map<String, Variable> variables, String name, String value) {
        if (!variables.containsKey(name)) put(variables, name, value, VarType.READ_ONLY);
    }

    private static void put(Map<String, Variable> variables, String name, String value, VarType type) {
        variables.put(name, new Variable(name, ProtocolText.value(value), type));
    }
}
