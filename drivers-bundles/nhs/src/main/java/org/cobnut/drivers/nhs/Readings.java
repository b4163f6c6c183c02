package org.cobnut.drivers.nhs;

import java.util.Locale;
import java.util.Optional;
import org.cobnut.driver.Report;

/** Tells a report what packets say. Places in packets count from 0. */
final class Readings {
    private static final String MAKER = "NHS Sistemas Eletronicos LTDA";
    private static final int STATUS = 17;
    /** Volts below which a UPS of which nothing is known runs on battery. */
    private static final int LEAST_VOLTS = 96;

    private static final int RUNTIME_LOW = 30;
    private static final int HOUR = 3600;

    private final Report report;
    private final Config config;
    private final Packet data;
    private final Optional<Packet> hardware;

    Readings(Report report, Config config, Packet data, Optional<Packet> hardware) {
        this.report = report;
        this.config = config;
        this.data = data;
        this.hardware = hardware;
    }

    void tell() {
        int limit = hardware.map(packet -> packet.at(input220(packet) ? 10 : 8)).orElse(LEAST_VOLTS);
        status(limit);
        readings();
        hardware.ifPresent(packet -> {
            identity(packet);
            limits(packet);
        });
        battery();
    }

    private void status(int limit) {
        boolean onBattery = data.bit(STATUS, 0);
        boolean low = data.bit(STATUS, 1);
        boolean failure = data.bit(STATUS, 2);
        boolean charging = data.bit(STATUS, 7);
        if (onBattery) {
            report.status("OB");
            if (low) report.status("LB");
        } else if (data.number(3) <= limit || failure) {
            // The mains have failed, and the inverter is about to start.
            report.status("OB");
            report.status("DISCHRG");
        } else if (charging) {
            report.status("OL");
            report.status("CHRG");
        } else {
            report.status(data.bit(STATUS, 3) ? "OB" : "OL");
        }
        if (data.bit(STATUS, 6)) report.status("BYPASS");
        if (low) report.alarm("[LOW BATTERY]");
        if (data.bit(STATUS, 6)) report.alarm("[ON BYPASS]");
        if (failure) report.alarm("[NETWORK FAILURE]");
        if (data.bit(STATUS, 3)) report.alarm("[FAST NETWORK FAILURE]");
        report.set("battery.charger.status", charging ? "CHARGING" : onBattery ? "DISCHARGING" : "RESTING");
    }

    private void readings() {
        report.set("input.voltage", two(data.number(3)));
        report.set("input.voltage.minimum", two(data.number(8)));
        report.set("input.voltage.maximum", two(data.number(10)));
        report.set("output.voltage", two(data.number(12)));
        report.set("ups.load", whole(data.at(7)));
        report.set("ups.temperature", two(data.number(14)));
        report.set("battery.temperature", whole(data.number(14)));
    }

    private void identity(Packet packet) {
        String serial = packet.length() == Packet.LONG_HARDWARE ? packet.text(16, 32) : "";
        report.set("ups.mfr", MAKER);
        report.set("ups.model", Model.of(packet.at(3)).name());
        if (!serial.isEmpty()) report.set("ups.serial", serial);
        report.set("ups.firmware", whole(packet.at(5)));
        report.set("ups.firmware.aux", whole(packet.at(4)));
        report.set("ups.beeper.status", packet.bit(6, 6) ? "disabled" : "enabled");
    }

    private void limits(Packet packet) {
        int under = packet.at(input220(packet) ? 10 : 8);
        int over = packet.at(input220(packet) ? 11 : 9);
        // Where both percentages are the same, the warning comes at twice of them.
        double factor = config.lowWarning() == config.lowCritical() ? 2 : 1;
        report.set("input.transfer.low", whole(under));
        report.set("input.transfer.high", whole(over));
        report.set("input.voltage.low.warning", two(under * (1 + config.lowWarning() * factor / 100)));
        report.set("input.voltage.low.critical", two(under * (1 + config.lowCritical() / 100)));
        report.set("input.voltage.high.warning", two(over * (1 + config.highWarning() * factor / 100)));
        report.set("input.voltage.high.critical", two(over * (1 + config.highCritical() / 100)));
        report.set("input.voltage.nominal", whole(packet.at(input220(packet) ? 13 : 12)));
        report.set("output.voltage.nominal", whole(packet.at(packet.bit(14, 6) ? 13 : 12)));
    }

    private void battery() {
        int batteries = config.batteries() > 0
                ? config.batteries()
                : hardware.map(packet -> packet.at(7)).orElse(0);
        double volts = volts();
        report.set("battery.voltage", two(volts));
        report.set("battery.voltage.nominal", whole(config.volts()));
        report.set("battery.charge", whole(Math.min(100, 100 * volts / config.volts())));
        if (batteries > 0) report.set("battery.packs", whole(batteries));
        report.set("battery.capacity", whole(config.ah()));
        report.set("battery.capacity.nominal", two(config.ah() * config.powerFactor()));
        report.set("battery.runtime.low", whole(RUNTIME_LOW));
        power(batteries, volts);
    }

    private void power(int batteries, double volts) {
        int va = hardware.map(packet -> Model.of(packet.at(3)).va()).orElse(0);
        if (va == 0) va = config.va();
        if (va == 0) return;
        double load = data.at(7) / 100.0;
        double watts = va * config.powerFactor() * load;
        report.set("ups.power.nominal", whole(va));
        report.set("ups.realpower.nominal", whole(va * config.powerFactor()));
        report.set("ups.power", two(va * load));
        report.set("ups.realpower", whole(watts));
        report.set("output.power", two(va * load));
        report.set("output.realpower", whole(watts));
        report.set("output.power.percent", whole(data.at(7)));
        if (batteries > 0 && volts > 0) {
            report.set("battery.current", two(watts / volts / batteries));
            report.set("battery.current.total", two(watts / volts));
        }
        if (watts > 0) report.set("battery.runtime", whole(config.ah() * config.volts() / watts * HOUR));
        else report.remove("battery.runtime");
    }

    /** The voltage of one battery; some units tell tenths where others tell volts and decimals. */
    private double volts() {
        double volts = data.number(5);
        return data.at(6) == 0 && data.at(5) > 2 * config.volts() ? volts / 10 : volts;
    }

    private static boolean input220(Packet packet) {
        return packet.bit(14, 7);
    }

    private static String two(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String whole(double number) {
        return Long.toString(Math.round(number));
    }
}
