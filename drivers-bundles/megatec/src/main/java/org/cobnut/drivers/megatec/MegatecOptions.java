package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.bridge.Bridge;
import org.cobnut.drivers.megatec.dialect.Config;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.voltronic.VoltronicSettings;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.usb.UsbParameters;

/** The options of both drivers (nutdrv_qx(8), blazer_ser(8)). */
final class MegatecOptions {
    private MegatecOptions() {}

    /** What both take. */
    static List<Option> common(List<Dialect> dialects) {
        var options = new ArrayList<>(List.of(
                Option.number("offdelay", 30, "Seconds from a shutdown command until the load goes off"),
                Option.text(
                        "protocol",
                        "The dialect, instead of finding it out: " + names(dialects) + ", or a mapping of your own"),
                Option.text("runtimecal", "Runtime in seconds and load in percent, twice, the larger load first"),
                Option.number("chargetime", 43_200, "Seconds that an empty battery takes to charge"),
                Option.number("idleload", 10, "Percent of load below which the battery empties no slower"),
                Option.flag("norating", "Never ask for ratings, which locks some UPSes up"),
                Option.flag("novendor", "Never ask for maker and model, which locks some UPSes up")));
        for (String variable : Config.PRESETS) {
            options.add(Option.text("default." + variable, "What counts until the UPS says itself"));
            options.add(Option.text("override." + variable, "What counts whatever the UPS says"));
        }
        return options;
    }

    /** What devices on USB take. */
    private static List<Option> usb(Bridge... chips) {
        var options = new ArrayList<>(UsbParameters.options());
        options.add(Option.choice(
                "subdriver",
                "The chip, instead of finding it out; needs vendorid and productid beside it",
                Arrays.stream(chips).map(Bridge::spelled).toArray(String[]::new)));
        options.add(Option.text("langid_fix", "Language of strings, hexadecimal, whatever the device says of it"));
        options.add(Option.flag("noscanlangid", "Never ask the device for its languages"));
        return options;
    }

    private static Option cablePower() {
        return Option.choice("cablepower", "Lines that power the interface", "normal", "reverse", "both", "none");
    }

    /** What nutdrv_qx takes. */
    static Options qx() {
        var options = new ArrayList<>(common(Dialects.QX));
        options.addAll(usb(Bridge.values()));
        options.add(cablePower());
        options.add(
                Option.text("cypress_drain_quirk", "Read old answers away: yes, no, or null for where it is needed"));
        options.add(Option.flag("nooutstats", "Never ask for power and current at the output"));
        options.add(
                Option.text("pins_shutdown_mode", "What pins 1 and 7 of Best Power units do at a shutdown, 0 to 6"));
        options.add(Option.number("ondelay", 180, "Seconds from switching off until the load comes back"));
        options.add(Option.number("pollfreq", 30, "Seconds between two polls that ask everything"));
        options.add(Option.flag("stayoff", "A shutdown of the host leaves the load off for good"));
        options.add(Option.flag("ignoresab", "Never believe the UPS that it is shutting down"));
        options.add(Option.flag(
                "battery_voltage_reports_one_pack", "Show battery.voltage for all packs, not for the one reported"));
        options.add(Option.flag("reset_to_default", "Put a Voltronic unit in standby back to its factory settings"));
        for (String name : VoltronicSettings.options())
            options.add(Option.choice(name, "Capability of Voltronic units", "enabled", "disabled"));
        for (String name : List.of("max_bypass_volt", "min_bypass_volt", "max_bypass_freq", "min_bypass_freq"))
            options.add(Option.text(name, "Limit of the bypass of Voltronic units, in V or Hz"));
        options.add(Option.choice("work_range_type", "Working range of Voltronic P31 units", "Appliance", "UPS"));
        options.add(Option.choice("output_phase_angle", "Phase angle of Voltronic units", "000", "120", "180", "240"));
        options.add(Option.flag("testing", "Taken for the sake of old files; changes nothing"));
        options.add(Option.text("battery_number", "Batteries in a pack of Voltronic units, 1 to 9"));
        return new Options(options);
    }

    /** What blazer_ser takes. */
    static Options blazerSer() {
        var options = blazer();
        options.add(cablePower());
        return new Options(options);
    }

    /** What blazer_usb takes. */
    static Options blazerUsb() {
        var options = blazer();
        options.addAll(usb(Bridge.CYPRESS, Bridge.PHOENIX, Bridge.IPPON, Bridge.KRAULER));
        return new Options(options);
    }

    private static List<Option> blazer() {
        var options = new ArrayList<>(common(Dialects.BLAZER));
        options.add(Option.number("ondelay", 3, "Minutes from switching off until the load comes back"));
        return options;
    }

    /** 2400 8N1, with the lines that {@code cablepower} wants. */
    static SerialParameters line(Settings settings) {
        SerialParameters line = SerialParameters.at(2400);
        return switch (settings.text("cablepower").orElse("normal")) {
            case "reverse" -> line.lines(false, true);
            case "both" -> line.lines(true, true);
            case "none" -> line.lines(false, false);
            default -> line.lines(true, false);
        };
    }

    /**
     * The dialects to try: the one that {@code protocol} names, or all that a UPS is offered to.
     *
     * @throws IOException when it names none that there is now
     */
    static List<Dialect> dialects(Settings settings, List<Dialect> all) throws IOException {
        Optional<String> protocol = settings.text("protocol");
        if (protocol.isEmpty()) return all.stream().filter(Dialect::offered).toList();
        List<Dialect> named = Dialects.named(all, protocol.get());
        if (named.isEmpty())
            throw new IOException(
                    "option 'protocol' is %s, and there is no such dialect; there are %s; a mapping file of that name would be one"
                            .formatted(protocol.get(), names(all)));
        return named;
    }

    private static String names(List<Dialect> dialects) {
        return dialects.stream().map(Dialect::name).collect(Collectors.joining(", "));
    }
}
