package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Words;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;

/** Mapping files of this family: a driver each, whose addresses are registers (docs/drivers/modbus.md). */
final class ModbusKind implements MappingKind<Address> {
    static final ModbusKind INSTANCE = new ModbusKind();

    private static final List<String> FILES = List.of(
            "apc_modbus",
            "phoenixcontact_modbus",
            "huawei-ups2000",
            "socomec_jbus",
            "adelsystem_cbi",
            "must_ep2000pro");

    /** The mappings of this bundle, without those of an operator; for a program without a runtime. */
    static final MappingSet<Address> SHIPPED = MappingSet.of(INSTANCE, shipped());

    private ModbusKind() {}

    @Override
    public String name() {
        return "modbus";
    }

    @Override
    public Addresses<Address> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty()) throw new IllegalArgumentException("addresses of this kind have no base");
        return Address.Parser::parse;
    }

    @Override
    public Map<String, Format> formats() {
        return Map.ofEntries(
                Map.entry("known", Functions.unless(0xffff)),
                Map.entry("known-fixed", Functions.unless(0x7fff)),
                Map.entry("known-long", Functions.unless(0xffffffffL)),
                Map.entry("kelvin", Functions.kelvin()),
                Map.entry("whole-thousandths", Functions.wholeThousandths()),
                Map.entry("date-2000", Functions.date()),
                Map.entry("apc-test", Functions::apcTest),
                Map.entry("apc-groups", Functions.ones(0xf)),
                Map.entry("apc-efficiency", Functions::apcEfficiency),
                Map.entry("of-power", Functions.share("ups.power.nominal")),
                Map.entry("of-realpower", Functions.share("ups.realpower.nominal")),
                Map.entry("low-charge", Functions::lowCharge),
                Map.entry("part-number", Functions::partNumber),
                Map.entry("jbus-serial", Functions::jbusSerial),
                Map.entry("jbus-date", Functions::jbusDate),
                Map.entry("jbus-time", Functions::jbusTime));
    }

    @Override
    public Map<String, Words> words() {
        return Map.of(
                "low-battery", raw -> List.of("LB"),
                "jbus-power", Functions::jbusPower,
                "quint-resistance", Functions::quintResistance);
    }

    @Override
    public Map<String, Row.Argument> arguments() {
        return Map.of(
                "date-2000", (text, known) -> Functions.days(text),
                "toggle-beeper", (text, known) -> known.is("ups.beeper.status", "enabled") ? "1" : "0",
                "tenth-minutes", (text, known) -> Functions.tenthMinutes(text),
                "off-and-on", (text, known) -> Functions.offAndOn(text));
    }

    /** The files of this bundle. */
    static Map<String, byte[]> shipped() {
        var texts = new LinkedHashMap<String, byte[]>();
        for (String name : FILES) {
            String file = name + ".map";
            try (InputStream in = ModbusKind.class.getResourceAsStream("/mappings/" + file)) {
                if (in == null) throw new IllegalStateException(file + " is missing in this bundle");
                texts.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
