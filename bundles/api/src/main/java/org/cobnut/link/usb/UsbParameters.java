package org.cobnut.link.usb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cobnut.driver.Option;
import org.cobnut.driver.Settings;
import org.cobnut.link.LinkParameters;

/**
 * Which device on USB a session wants, and how it is set up. Immutable; begin with {@link #known}, or with {@link #of} where
 * a section of ups.conf says more. A device must fit all: the driver's table, the rules of the section, and what the driver
 * accepts. The order of the table and of devices means nothing; of several that fit, a session gets one that no other has.
 */
public final class UsbParameters implements LinkParameters {
    /** The rules in NUT's words, and what each is compared with. */
    private static final Map<String, Function<UsbIdentity, String>> RULES = Map.of(
            "vendorid", identity -> "%04x".formatted(identity.vendorId()),
            "productid", identity -> "%04x".formatted(identity.productId()),
            "vendor", identity -> identity.vendor().orElse(""),
            "product", identity -> identity.product().orElse(""),
            "serial", identity -> identity.serial().orElse(""),
            "bus", UsbIdentity::bus,
            "busport", UsbIdentity::busPort,
            "device", UsbIdentity::device);

    /** A longer table is not written out. */
    private static final int FEW = 4;

    private final List<UsbDeviceId> known;
    private final Map<String, Pattern> rules;
    private final Predicate<UsbIdentity> accepted;
    private final Predicate<byte[]> acceptedDescriptor;
    private final UsbSetup setup;

    private UsbParameters(
            List<UsbDeviceId> known,
            Map<String, Pattern> rules,
            Predicate<UsbIdentity> accepted,
            Predicate<byte[]> acceptedDescriptor,
            UsbSetup setup) {
        this.known = List.copyOf(known);
        this.rules = Map.copyOf(rules);
        this.accepted = accepted;
        this.acceptedDescriptor = acceptedDescriptor;
        this.setup = setup;
    }

    /** Any device of the driver's table; an empty table has all devices. */
    public static UsbParameters known(List<UsbDeviceId> table) {
        return new UsbParameters(table, Map.of(), identity -> true, descriptor -> true, UsbSetup.USUAL);
    }

    /**
     * A device of the driver's table that a section asks for by {@link #options}.
     *
     * @throws IllegalArgumentException when an option makes no sense; a sentence for the operator
     */
    public static UsbParameters of(Settings settings, List<UsbDeviceId> table) {
        var parameters = known(table);
        for (String rule : RULES.keySet())
            if (settings.values().containsKey(rule))
                parameters = parameters.withRule(rule, settings.values().get(rule));
        UsbSetup setup = UsbSetup.of(settings);
        return new UsbParameters(
                parameters.known, parameters.rules, parameters.accepted, parameters.acceptedDescriptor, setup);
    }

    /** The options of every USB driver, to be declared with its own; {@link #of} takes also {@code pollonly}. */
    public static List<Option> options() {
        return List.of(
                Option.text("vendorid", "Regular expression of the vendor's number, four hexadecimal digits"),
                Option.text("productid", "Regular expression of the product's number, four hexadecimal digits"),
                Option.text("vendor", "Regular expression of the maker's name"),
                Option.text("product", "Regular expression of the product's name"),
                Option.text("serial", "Regular expression of the serial number"),
                Option.text("bus", "Regular expression of the bus, three digits"),
                Option.text("busport", "Regular expression of the port of the hub, three digits"),
                Option.text(
                        "device", "Regular expression of the address on the bus, three digits; changes at each plug"),
                Option.flag("allow_duplicates", "Takes one of several devices that cannot be told apart"),
                Option.text("usb_set_altinterface", "Sets the alternate setting of the interface, 0 unless given"),
                Option.text("usb_config_index", "Number of the configuration descriptor, from 0, hexadecimal"),
                Option.text("usb_hid_rep_index", "Number of the interface, hexadecimal"),
                Option.text("usb_hid_desc_index", "Number of the interface with the HID descriptor, hexadecimal"),
                Option.text("usb_hid_ep_in", "Number of the endpoint for interrupt reports, hexadecimal"),
                Option.text("usb_hid_ep_out", "Number of the endpoint that takes interrupt data, hexadecimal"));
    }

    /**
     * The same with one more rule: a regular expression, of which case does not matter, that all of what
     * the device says matches.
     *
     * @param name vendorid, productid, vendor, product, serial, bus, busport or device
     */
    public UsbParameters withRule(String name, String expression) {
        if (!RULES.containsKey(name)) throw new IllegalArgumentException("'" + name + "' is no rule for USB devices");
        var more = new TreeMap<>(rules);
        try {
            more.put(name, Pattern.compile(expression.strip(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "option '%s' is no regular expression: '%s' (%s)"
                            .formatted(name, expression, wrong.getDescription()),
                    wrong);
        }
        return new UsbParameters(known, more, accepted, acceptedDescriptor, setup);
    }

    /** The same for devices that this accepts, too, such as by their strings. It is called by any thread and must not block. */
    public UsbParameters accepting(Predicate<UsbIdentity> test) {
        return new UsbParameters(known, rules, accepted.and(test), acceptedDescriptor, setup);
    }

    /** The same for HID devices whose report descriptor this accepts, too. It is called by any thread and must not block. */
    public UsbParameters acceptingDescriptor(Predicate<byte[]> test) {
        return new UsbParameters(known, rules, accepted, acceptedDescriptor.and(test), setup);
    }

    /** The same without interrupt reports: {@link HidLink#nextInput} gives none. */
    public UsbParameters pollOnly() {
        return new UsbParameters(known, rules, accepted, acceptedDescriptor, setup.withoutInterrupts());
    }

    /** The same with interrupt reports of so many bytes at most, in place of the packet size of their endpoint. */
    public UsbParameters withInterruptSize(int bytes) {
        return new UsbParameters(known, rules, accepted, acceptedDescriptor, setup.withInterruptSize(bytes));
    }

    /** Whether a device is in the table; its strings are not looked at. */
    public boolean knows(int vendorId, int productId) {
        return known.isEmpty() || known.stream().anyMatch(id -> id.matches(vendorId, productId));
    }

    /** Whether a device is in the table, keeps the rules and is accepted. */
    public boolean matches(UsbIdentity identity) {
        return knows(identity.vendorId(), identity.productId())
                && rules.entrySet().stream().allMatch(rule -> keeps(identity, rule.getKey(), rule.getValue()))
                && accepted.test(identity);
    }

    /** Whether a report descriptor is accepted. */
    public boolean matchesDescriptor(byte[] descriptor) {
        return acceptedDescriptor.test(descriptor);
    }

    /** Whether a rule of that name was given. */
    public boolean ruled(String name) {
        return rules.containsKey(name);
    }

    /** The row of the table that a device matches, the one with its product before the one for all products. */
    public Optional<UsbDeviceId> row(UsbIdentity identity) {
        return known.stream()
                .filter(id -> id.matches(identity))
                .sorted((a, b) ->
                        Boolean.compare(a.product().isEmpty(), b.product().isEmpty()))
                .findFirst();
    }

    /** How the device is set up once it is found. */
    public UsbSetup setup() {
        return setup;
    }

    /** Such as "051d:* serial=3B12.*", or "80 known devices". */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (known.size() > FEW) text.append(known.size()).append(" known devices");
        else known.forEach(id -> text.append(text.length() == 0 ? "" : " ").append(id));
        new TreeMap<>(rules).forEach((name, rule) -> text.append(text.length() == 0 ? "" : " ")
                .append(name)
                .append('=')
                .append(rule));
        return text.length() == 0 ? "any device" : text.toString();
    }

    private static boolean keeps(UsbIdentity identity, String rule, Pattern pattern) {
        return pattern.matcher(RULES.getOrDefault(rule, any -> "").apply(identity))
                .matches();
    }
}
