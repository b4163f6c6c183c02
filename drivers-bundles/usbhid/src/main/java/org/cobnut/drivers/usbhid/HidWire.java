package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.cobnut.drivers.usbhid.HidReports.Reading;
import org.cobnut.drivers.usbhid.HidReports.Unit;
import org.cobnut.drivers.usbhid.descriptor.HidField;
import org.cobnut.drivers.usbhid.descriptor.Quantities;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.Wire;

/** Reads and writes values of a device: one transfer for all that stand in one report. */
final class HidWire implements Wire<Address> {
    /** Reports that may stay without an answer in one poll: each costs 5 s. */
    private static final int MOST_TIMEOUTS = 3;

    /** After this a UPS may have obeyed, so that nothing else is tried. */
    static final Outcome UNCLEAR = Outcome.failed("the UPS did not say whether it obeys");

    private static final String FACTS = "what the device says of itself";

    private final HidLink link;
    private final HidReports reports;
    private final UsageNames names;
    private final Map<Address.Value, List<HidField>> fields;
    private final Map<String, String> facts;
    private final Set<Unit> vital;
    private final Set<Unit> answered = new HashSet<>();
    private final Map<Integer, String> strings = new HashMap<>();
    private boolean remembering;
    private boolean silent;
    private int timeouts;

    /**
     * A wire of a device.
     *
     * @param names of usages
     * @param fields what each address is in this device
     * @param facts values of {@link Address.Fact}, by their names
     * @param vital reports without which a reading is none
     */
    HidWire(
            HidLink link,
            HidReports reports,
            UsageNames names,
            Map<Address.Value, List<HidField>> fields,
            Map<String, String> facts,
            Set<Unit> vital) {
        this.link = link;
        this.reports = reports;
        this.names = names;
        this.fields = Map.copyOf(fields);
        this.facts = Map.copyOf(facts);
        this.vital = Set.copyOf(vital);
    }

    /** A poll begins; it asks the device, or goes by what the device has sent and answered before. */
    void begin(boolean fromMemory) {
        remembering = fromMemory;
        timeouts = 0;
    }

    @Override
    public Object unit(Address address) {
        return address instanceof Address.Value value && fields.containsKey(value)
                ? Unit.of(fields(value).get(0))
                : FACTS;
    }

    @Override
    public Map<Address, String> read(List<Address> addresses) throws IOException {
        var texts = new HashMap<Address, String>();
        if (!(unit(addresses.get(0)) instanceof Unit unit)) {
            for (Address address : addresses)
                if (address instanceof Address.Fact fact) texts.put(fact, facts.getOrDefault(fact.name(), ""));
            return texts;
        }
        boolean known = remembering || ask(unit);
        // What the device only sends by itself may come at any time, so it is never taken for what it does not have.
        if (!known && unit.type() != ReportType.INPUT) return texts;
        for (Address address : addresses) if (address instanceof Address.Value value) texts.put(value, text(value));
        return texts;
    }

    private boolean ask(Unit unit) throws IOException {
        Optional<byte[]> data;
        try {
            data = reports.read(unit);
        } catch (NoAnswerException e) {
            // Once it may be chance: the next poll asks again. Then it is a report that the device does not have.
            boolean chance = !silent;
            silent = true;
            if (chance || ++timeouts > MOST_TIMEOUTS || essential(unit)) throw e;
            return false;
        }
        if (data.isEmpty() && essential(unit)) throw new IOException("the device gave no " + unit);
        if (data.isPresent()) answered.add(unit);
        return data.isPresent();
    }

    private boolean essential(Unit unit) {
        return vital.contains(unit) && answered.contains(unit);
    }

    /** A value as a text; empty when the device does not tell it. */
    private String text(Address.Value value) throws IOException {
        Optional<Reading> reading = fields(value).stream().findFirst().flatMap(reports::reading);
        if (reading.isEmpty()) return "";
        HidField from = reading.get().field();
        byte[] data = reading.get().data();
        if (value.mask() != 0) return (from.bits(data) & value.mask()) != 0 ? "1" : "0";
        if (value.text()) return string((int) from.bits(data));
        return number(from, data);
    }

    private String number(HidField field, byte[] data) {
        if (field.unset(data)) return timer(field) ? "-1" : "";
        int usage = field.path().usage();
        if (Quantities.positive(usage) && field.overflows(data)) return "";
        OptionalLong logical = field.logical(data);
        if (logical.isEmpty()) return "";
        double physical = field.physical(logical.getAsLong());
        return Quantities.unknown(usage, physical) ? "" : shown(physical);
    }

    private List<HidField> fields(Address.Value value) {
        return fields.getOrDefault(value, List.of());
    }

    /** The first that can be written, and whose report the device did not refuse. */
    private Optional<HidField> taking(Address.Value value) {
        List<HidField> writable =
                fields(value).stream().filter(DeviceTable::writable).toList();
        return writable.stream()
                .filter(field -> !reports.refuses(Unit.of(field)))
                .findFirst()
                .or(() -> writable.stream().findFirst());
    }

    private boolean timer(HidField field) {
        return Quantities.timer(names.name(field.path().usage()));
    }

    private static String shown(double physical) {
        return physical == Math.rint(physical) && Math.abs(physical) < 1e15
                ? Long.toString((long) physical)
                : BigDecimal.valueOf(physical).toPlainString();
    }

    private String string(int index) throws IOException {
        String known = strings.get(index);
        if (known != null) return known;
        try {
            String text = link.string(index).orElse("");
            strings.put(index, text);
            return text;
        } catch (NoAnswerException | StallException none) {
            strings.put(index, ""); // some firmware hangs over a string it does not have: once is enough
            return "";
        }
    }

    @Override
    public Outcome write(Address address, String raw) throws IOException {
        Optional<HidField> taken = address instanceof Address.Value value ? taking(value) : Optional.empty();
        if (taken.isEmpty()) return Outcome.unknown();
        HidField field = taken.get();
        if (raw.startsWith(Address.WORD)) return writeWord(field, raw);
        Optional<Double> quantity = Numbers.parse(raw);
        if (quantity.isEmpty()) return Outcome.invalid("'" + raw + "' is no number");
        double value = quantity.get();
        boolean timer = timer(field);
        boolean cancel = value == -1 && timer;
        if (!timer && !field.holds(value))
            return Outcome.invalid("%s is not between %s and %s"
                    .formatted(
                            raw,
                            shown(field.physical(field.logical().min())),
                            shown(field.physical(field.logical().max()))));
        return write(field, cancel ? -1 : field.logical(value));
    }

    private Outcome writeWord(HidField field, String raw) throws IOException {
        long bits = Long.parseLong(raw.substring(Address.WORD.length()), 16);
        if (field.size() < Long.SIZE && bits >> field.size() != 0)
            return Outcome.invalid("%s does not fit into the %d bits of the device".formatted(raw, field.size()));
        return write(field, bits);
    }

    private Outcome write(HidField field, long value) throws IOException {
        try {
            reports.write(field, value);
            return Outcome.handled();
        } catch (StallException refused) {
            return Outcome.failed(String.valueOf(refused.getMessage()));
        } catch (NoAnswerException unclear) {
            return UNCLEAR;
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
