package org.cobnut.drivers.usbhid.subdriver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;

/** The mappings of this kind: which one is for a device. */
public final class Subdrivers {
    /** For whatever device the section names. */
    public static final String EXPLORE = "explore";

    /** A device that several mappings take is the first's; those of whoever added one stand before all. */
    private static final List<String> ORDER = List.of(
            "mge",
            "apc",
            "belkin",
            "cps",
            "tripplite",
            "idowell",
            "liebert",
            "powercom",
            "openups",
            "delta_ups",
            "legrand",
            "salicru",
            "ever",
            "powervar",
            "ecoflow",
            "arduino",
            EXPLORE);

    /** The mappings of this bundle, without those of an operator; for a program without a runtime. */
    public static final MappingSet<Address> SHIPPED = MappingSet.of(HidKind.INSTANCE, shipped());

    private final MappingSet<Address> mappings;

    /** Chooses among these. */
    public Subdrivers(MappingSet<Address> mappings) {
        this.mappings = mappings;
    }

    private List<Mapping<Address>> inOrder() {
        return mappings.all().stream()
                .sorted(Comparator.comparingInt(mapping -> ORDER.indexOf(mapping.name())))
                .toList();
    }

    /**
     * The devices that a section may mean.
     *
     * @param named whether it says {@code productid}: then also those whose numbers something else has, too, and every
     *     product of the makers
     */
    public List<UsbDeviceId> devices(Optional<String> subdriver, boolean named) throws IOException {
        var ids = new LinkedHashSet<UsbDeviceId>();
        List<Mapping<Address>> those = subdriver.isPresent() ? List.of(named(subdriver.get())) : inOrder();
        for (Mapping<Address> mapping : those) {
            DeviceMatch match = DeviceMatch.of(mapping);
            ids.addAll(match.known());
            if (named) ids.addAll(match.asked());
        }
        if (named) those.forEach(mapping -> makers(mapping).forEach(ids::add));
        return List.copyOf(ids);
    }

    /**
     * The mapping that is for a device: the one that the section names, or the first that knows the product, or all products
     * of its maker, or others of that maker.
     */
    public Mapping<Address> choose(UsbIdentity identity, Optional<String> subdriver) throws IOException {
        if (subdriver.isPresent()) return named(subdriver.get());
        List<Mapping<Address>> all = inOrder();
        return first(all, mapping -> DeviceMatch.of(mapping).known().stream().filter(Subdrivers::narrow), identity)
                .or(() -> first(all, mapping -> DeviceMatch.of(mapping).known().stream(), identity))
                .or(() -> first(all, mapping -> DeviceMatch.of(mapping).asked().stream(), identity))
                .or(() -> first(all, Subdrivers::makers, identity))
                .or(() -> mappings.named(EXPLORE))
                .orElseThrow(() -> new IOException("no mapping is for " + identity));
    }

    /** @throws IOException when there is none now; a mapping may come later */
    public Mapping<Address> named(String name) throws IOException {
        return mappings.named(name)
                .orElseThrow(() -> new IOException(
                        "option 'subdriver' is %s, and there is no such mapping; there are %s; a mapping file of that name would be one"
                                .formatted(
                                        name,
                                        mappings.all().stream()
                                                .map(Mapping::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private static Optional<Mapping<Address>> first(
            List<Mapping<Address>> all,
            java.util.function.Function<Mapping<Address>, Stream<UsbDeviceId>> ids,
            UsbIdentity identity) {
        return all.stream()
                .filter(mapping -> ids.apply(mapping).anyMatch(id -> id.matches(identity)))
                .findFirst();
    }

    /** Whether it is for one product; a file for a whole maker comes behind every file for the product. */
    private static boolean narrow(UsbDeviceId id) {
        return id.product().isPresent();
    }

    private static Stream<UsbDeviceId> makers(Mapping<Address> mapping) {
        return DeviceMatch.of(mapping).known().stream()
                .map(UsbDeviceId::vendor)
                .distinct()
                .map(UsbDeviceId::ofVendor);
    }

    /** The files of this bundle. */
    static Map<String, byte[]> shipped() {
        var texts = new LinkedHashMap<String, byte[]>();
        for (String name : new ArrayList<>(ORDER)) {
            String file = name + ".map";
            try (InputStream in = Subdrivers.class.getResourceAsStream("/mappings/" + file)) {
                if (in == null) throw new IllegalStateException(file + " is missing in this bundle");
                texts.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
