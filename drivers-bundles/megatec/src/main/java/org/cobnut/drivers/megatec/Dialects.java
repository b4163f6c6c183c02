package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.voltronic.Voltronic;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.table.mapping.MappingSet;

/** The dialects of both drivers: one is written in Java, the others are mapping files of this bundle or of the operator. */
final class Dialects {
    /**
     * The order in which nutdrv_qx offers a UPS to its dialects; the first that it speaks wins. Those that would be taken for
     * another stand before it, and the one that asks least stands last.
     */
    private static final List<String> ORDER = List.of(
            "omron",
            Voltronic.TABLE.name(),
            "voltronic-axpert",
            "voltronic-qs",
            "voltronic-qs-hex",
            "mustek",
            "megatec-old",
            "bestups",
            "mecer",
            "megatec",
            "zinto",
            "masterguard",
            "hunnox",
            "ablerex",
            "innovart31",
            "innovart33",
            "innovatae",
            "q2",
            "q6",
            "gtec",
            "q1");

    /** Begins the names of the mappings that are for blazer_ser. */
    private static final String BLAZER_PREFIX = "blazer-";

    private static final List<String> BLAZER_ORDER = List.of("megatec", "mustek", "megatec-old", "zinto");

    /** The mappings of this bundle, without those of an operator; for a program without a runtime. */
    static final MappingSet<Address> SHIPPED = MappingSet.of(MegatecKind.INSTANCE, shipped());

    /** nutdrv_qx's, as they are shipped. */
    static final List<Dialect> QX = qx(SHIPPED);

    /** blazer_ser's, as they are shipped. */
    static final List<Dialect> BLAZER = blazer(SHIPPED);

    private Dialects() {}

    /** The dialects of nutdrv_qx: first those of whoever added one, then in the order above. */
    static List<Dialect> qx(MappingSet<Address> mappings) {
        var all = new ArrayList<Dialect>();
        mappings.all().stream()
                .filter(mapping -> !mapping.name().startsWith(BLAZER_PREFIX))
                .forEach(mapping -> all.add(Dialect.of(mapping)));
        if (mappings.named(Voltronic.TABLE.name()).isEmpty()) all.add(Voltronic.TABLE);
        all.sort(Comparator.comparingInt(dialect -> ORDER.indexOf(dialect.name())));
        return List.copyOf(all);
    }

    /** The dialects of blazer_ser, likewise, with the prefix taken off their names. */
    static List<Dialect> blazer(MappingSet<Address> mappings) {
        var all = new ArrayList<Dialect>();
        mappings.all().stream()
                .filter(mapping -> mapping.name().startsWith(BLAZER_PREFIX))
                .forEach(mapping ->
                        all.add(Dialect.of(mapping).called(mapping.name().substring(BLAZER_PREFIX.length()))));
        all.sort(Comparator.comparingInt(dialect -> BLAZER_ORDER.indexOf(dialect.name())));
        return List.copyOf(all);
    }

    /** The dialects that {@code protocol} leaves; none when it names none of them. */
    static List<Dialect> named(List<Dialect> all, String protocol) {
        String name = protocol.replace('/', '-');
        return all.stream()
                .filter(table -> table.name().replace('/', '-').equalsIgnoreCase(name))
                .toList();
    }

    /** The files of this bundle. */
    static Map<String, byte[]> shipped() {
        var texts = new LinkedHashMap<String, byte[]>();
        var names = new ArrayList<>(ORDER);
        names.remove(Voltronic.TABLE.name());
        BLAZER_ORDER.forEach(name -> names.add(BLAZER_PREFIX + name));
        for (String name : names) {
            String file = name + ".map";
            try (InputStream in = Dialects.class.getResourceAsStream("/mappings/" + file)) {
                if (in == null) throw new IllegalStateException(file + " is missing in this bundle");
                texts.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
