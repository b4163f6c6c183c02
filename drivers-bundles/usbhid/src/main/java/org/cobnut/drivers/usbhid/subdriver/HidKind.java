package org.cobnut.drivers.usbhid.subdriver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.drivers.usbhid.descriptor.HidPath;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingKind;

/** Mapping files of this family, whose addresses are paths of usages (docs/drivers/usbhid-ups.md). */
public final class HidKind implements MappingKind<Address> {
    /** The only one. */
    public static final HidKind INSTANCE = new HidKind();

    private static final String DEVICE = "device:";
    private static final String TEXT = "string:";

    private HidKind() {}

    @Override
    public String name() {
        return "hid";
    }

    @Override
    public Set<String> declarations() {
        return Declarations.KEYWORDS;
    }

    @Override
    public Addresses<Address> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty()) throw new IllegalArgumentException("addresses of this kind have no base");
        UsageNames names = Declarations.of(declared).names();
        return text ->
                text.startsWith(DEVICE) || text.startsWith(Address.Fact.OPTION) ? fact(text) : value(text, names);
    }

    private static Address fact(String text) {
        if (text.startsWith(Address.Fact.OPTION)) {
            if (Address.Fact.FLAGS.contains(text.substring(Address.Fact.OPTION.length())))
                return new Address.Fact(text);
            throw new IllegalArgumentException(
                    "'%s' is none of the flags %s".formatted(text, String.join(", ", Address.Fact.FLAGS)));
        }
        if (Address.Fact.DEVICE.contains(text)) return new Address.Fact(text);
        throw new IllegalArgumentException(
                "'%s' is none of %s".formatted(text, String.join(", ", Address.Fact.DEVICE)));
    }

    private static Address value(String text, UsageNames names) {
        boolean string = text.startsWith(TEXT);
        String rest = string ? text.substring(TEXT.length()) : text;
        long mask = 0;
        int and = rest.indexOf('&');
        if (and >= 0) {
            String digits = rest.substring(and + 1);
            if (string || !digits.matches("[0-9a-fA-F]{1,8}") || Long.parseLong(digits, 16) == 0)
                throw new IllegalArgumentException("'%s' has no mask behind the &, as &40".formatted(text));
            mask = Long.parseLong(digits, 16);
            rest = rest.substring(0, and);
        }
        var paths = new ArrayList<HidPath>();
        for (String path : rest.split("\\|", -1)) paths.add(names.path(path));
        return new Address.Value(paths, mask, string);
    }

    @Override
    public Optional<Cadence> cadence(Address address) {
        return address instanceof Address.Fact ? Optional.of(Cadence.ONCE) : Optional.empty();
    }

    @Override
    public void check(Mapping<Address> mapping) {
        Declarations.of(mapping.declared());
        DeviceMatch.of(mapping);
    }

    @Override
    public Map<String, Format> formats() {
        return ValueConversions.FORMATS;
    }

    @Override
    public Map<String, Row.Argument> arguments() {
        return ValueConversions.ARGUMENTS;
    }
}
