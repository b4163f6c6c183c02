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
                Map.entry("known", ModbusFormats.unless(0xffff)),
                Map.entry("known-fixed", ModbusFormats.unless(0x7fff)),
                Map.entry("known-long", ModbusFormats.unless(0xffffffffL)),
                Map.entry("kelvin", ModbusFormats.kelvin()),
                Map.entry("whole-thousandths", ModbusFormats.wholeThousandths()),
                Map.entry("date-2000", ModbusFormats.date()),
                Map.entry("apc-test", ModbusFormats::apcTest),
                Map.entry("apc-groups", ModbusFormats.ones(0xf)),
                Map.entry("apc-efficiency", ModbusFormats::apcEfficiency),
                Map.entry("of-power", ModbusFormats.share("ups.power.nominal")),
                Map.entry("of-realpower", ModbusFormats.share("ups.realpower.nominal")),
                Map.entry("low-charge", ModbusFormats::lowCharge),
                Map.entry("part-number", ModbusFormats::partNumber),
                Map.entry("jbus-serial", ModbusFormats::jbusSerial),
                Map.entry("jbus-date", ModbusFormats::jbusDate),
                Map.entry("jbus-time", ModbusFormats::jbusTime));
    }

    @Override
    public Map<String, Words> words() {
        return Map.of(
                "low-battery", raw -> List.of("LB"),
                "jbus-power", ModbusFormats::jbusPower,
                "quint-resistance", ModbusFormats::quintResistance);
    }

    @Override
    public Map<String, Row.Argument> arguments() {
        return Map.of(
                "date-2000", (text, known) -> ModbusFormats.days(text),
                "toggle-beeper", (text, known) -> known.is("ups.beeper.status", "enabled") ? "1" : "0",
                "tenth-minutes", (text, known) -> ModbusFormats.tenthMinutes(text),
                "off-and-on", (text, known) -> ModbusFormats.offAndOn(text));
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
