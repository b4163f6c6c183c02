package org.cobnut.drivers.sim;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;

/** The types that dummy-ups gives to variables, as NUT 2.8.0 shows them for every name of its documents and dumps. */
final class Types {
    private static final VarType TEXT = VarType.text(32);

    private static final Map<String, VarType> KNOWN = new TreeMap<>(Names.ORDER);

    // spotless:off
    static {
        put(VarType.number(), """
                ambient.humidity          ambient.humidity.alarm     ambient.humidity.high      ambient.humidity.low
                ambient.temperature       ambient.temperature.alarm  ambient.temperature.high   ambient.temperature.low
                battery.charge            battery.charge.low         battery.charge.restart     battery.current
                battery.runtime           battery.runtime.low        battery.temperature
                battery.voltage           battery.voltage.nominal
                input.frequency           input.voltage              input.voltage.maximum
                input.voltage.minimum     input.voltage.nominal
                input.transfer.boost.high input.transfer.boost.low   input.transfer.high        input.transfer.low
                input.transfer.trim.high  input.transfer.trim.low
                output.current            output.frequency           output.voltage
                ups.delay.reboot          ups.delay.shutdown         ups.delay.start
                ups.load                  ups.temperature            ups.test.interval
                """);
        put(VarType.text(16), """
                ups.date        ups.firmware  ups.firmware.aux  ups.id
                ups.mfr.date    ups.time      ups.test.result
                """);
        put(VarType.text(6), "input.quality");
        put(VarType.text(1), "input.sensitivity input.transfer.reason");
    }
    // spotless:on

    private Types() {}

    /** The type of a variable; what nobody knows is text. Only the driver's own parameters are not writable. */
    static VarType of(String name) {
        return name.equals(DummyUps.MODE) ? VarType.READ_ONLY : KNOWN.getOrDefault(name, TEXT);
    }

    private static void put(VarType type, String names) {
        Stream<String> all = Arrays.stream(names.trim().split("\\s+"));
        all.forEach(name -> KNOWN.put(name, type));
    }
}
