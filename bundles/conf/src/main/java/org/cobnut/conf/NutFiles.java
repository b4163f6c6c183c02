package org.cobnut.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NUT's files in one directory and the configurations that they say. What was adopted last is in force; what the disk
 * says meanwhile is looked at first, and adopted or not. Safe for many threads; calls nobody.
 */
final class NutFiles {
    /** The property that tells where a configuration came from. */
    static final String ORIGIN = ".origin";

    /** The property that holds a device's place in LIST UPS. */
    static final String ORDER = "order";

    private static final String PASSWORD = "password";

    private final Path directory;
    private final Audience audience;
    private final Orders orders = new Orders();
    private final Places places = new Places();
    private Look force = new Look(Map.of(), List.of());

    NutFiles(Path directory) {
        this(directory, new Audience.Everybody(Optional.empty()));
    }

    NutFiles(Path directory, Audience audience) {
        this.directory = directory;
        this.audience = audience;
    }

    Audience audience() {
        return audience;
    }

    Path directory() {
        return directory;
    }

    /** Reads the disk; what is in force stays. */
    Look look() {
        var readings = new EnumMap<Schema, Reading>(Schema.class);
        var missing = new ArrayList<Fault>();
        for (Schema schema : Schema.values()) {
            if (!audience.reads(schema)) continue;
            Path path = directory.resolve(schema.file());
            try {
                readings.put(schema, read(schema));
            } catch (IOException e) {
                if (!spared(schema, path))
                    missing.add(Fault.error(path.toString(), 0, "cannot be read: " + Disk.reason(e)));
            }
        }
        return new Look(readings, missing);
    }

    private synchronized boolean spared(Schema schema, Path path) {
        boolean optional = schema.need() == Schema.Need.MAY
                || (schema.need() == Schema.Need.MAY_IN_PRIVATE
                        && force.of(schema).isEmpty());
        return optional && Files.notExists(path);
    }

    /** Puts in force what was seen, as a start does: what is wrong with it is left out. */
    synchronized void adopt(Look look) {
        force = look;
        look.of(Schema.UPS_CONF)
                .ifPresent(devices -> orders.load(devices.sections().stream()
                        .map(scope -> lower(scope.name()))
                        .toList()));
        places.retain(place -> look.find(place).isPresent());
    }

    /** Puts in force what was seen, but for what is wrong with it since the last time. */
    synchronized Takeover take(Look look) {
        Takeover takeover = Takeover.of(look, force);
        adopt(takeover.force());
        return takeover;
    }

    synchronized Look inForce() {
        return force;
    }

    /** Whether the files in force have a place for this PID. */
    synchronized boolean holds(String pid) {
        return places.find(pid).filter(this::inForce).isPresent();
    }

    private boolean inForce(Place place) {
        return force.find(place).isPresent()
                && (place.name().isEmpty() || audience.wants(place.schema(), place.name()));
    }

    /** All configurations in force by PID, without what Configuration Admin itself keeps in them. */
    synchronized Map<String, Map<String, Object>> configurations() {
        var all = new LinkedHashMap<String, Map<String, Object>>();
        for (Schema schema : Schema.values()) {
            Optional<Reading> reading = force.of(schema);
            if (reading.isEmpty()) continue;
            if (!schema.global().pid().isEmpty())
                put(all, new Place(schema, ""), reading.get().global());
            for (Scope scope : reading.get().sections())
                if (audience.wants(schema, scope.name())) put(all, new Place(schema, scope.name()), scope);
        }
        return all;
    }

    /** Whether a configuration says what the files say, whatever defaults it spells out. */
    boolean says(String pid, Map<String, ?> given) {
        Map<String, Object> wanted = configurations().get(pid);
        return wanted != null && says(pid, wanted, given);
    }

    /** The same, where {@link #configurations} were asked for already. */
    synchronized boolean says(String pid, Map<String, Object> wanted, Map<String, ?> given) {
        Optional<Place> place = places.find(pid);
        if (place.isEmpty()) return false;
        String name = place.get().table().name();
        return Edit.same(place.get().table(), wanted, given)
                && Objects.equals(wanted.get(ORDER), given.get(ORDER))
                && Objects.equals(wanted.get(name), given.get(name));
    }

    /**
     * Writes a configuration into its file, if it says anything new; other lines keep their bytes.
     *
     * @return whether it did
     * @throws IOException when it cannot be written, or says what the file cannot hold; then nothing is changed
     */
    synchronized boolean store(String pid, Map<String, ?> given) throws IOException {
        var wanted = new LinkedHashMap<String, Object>();
        given.forEach((key, value) -> wanted.put(lower(key), value));
        Place place = place(pid, wanted);
        Table table = place.table();
        refuseSecrets(wanted.get(Table.OPTIONS), pid);
        wanted.keySet().removeIf(key -> housekeeping(key) || key.equals(table.name()));
        for (String key : wanted.keySet())
            if (!table.holds(key))
                throw new IOException(
                        "%s has no key '%s' for %s".formatted(place.schema().file(), key, pid));
        Optional<Map<String, Object>> base = force.find(place).map(Scope::values);
        if (base.isPresent() && Edit.same(table, base.get(), wanted)) return false;
        Reading disk = disk(place);
        Map<String, Object> now = disk.find(place.name()).map(Scope::values).orElse(Map.of());
        Map<String, Object> values = Edit.merge(table, base.orElse(Map.of()), wanted, now);
        Reading after = new Reading(Edit.store(disk, table, place.name(), values), place.schema());
        check(disk, after);
        boolean kept = after.find(place.name())
                .filter(scope -> Edit.same(table, scope.values(), values))
                .isPresent();
        if (!kept)
            throw new IOException(place.schema().file() + " cannot hold a value given for " + pid
                    + ": at most 512 printable ASCII characters each");
        places.bear(pid, place);
        write(disk, after);
        return true;
    }

    /** Takes a configuration out of its file, and says whether it was there. */
    synchronized boolean delete(String pid) throws IOException {
        Optional<Place> place = places.find(pid);
        places.forget(pid);
        if (place.isEmpty() || force.find(place.get()).isEmpty()) return false;
        Reading disk = disk(place.get());
        write(
                disk,
                new Reading(Edit.delete(disk, place.get().name()), place.get().schema()));
        return true;
    }

    private Reading read(Schema schema) throws IOException {
        byte[] bytes = audience.fromDisk(schema) ? Files.readAllBytes(directory.resolve(schema.file())) : new byte[0];
        return audience.told(new Reading(ConfFile.parse(schema.file(), schema.style(), bytes), schema));
    }

    /** The place of a PID, be it one of old or a section that is just being born. */
    private Place place(String pid, Map<String, Object> values) throws IOException {
        Schema schema = Places.schema(pid).orElseThrow(() -> new IOException(pid + " belongs to no file"));
        Optional<Place> known = places.find(pid);
        if (known.isPresent() && known.get().name().isEmpty()) return known.get();
        String property = schema.section().orElseThrow().name();
        String name = values.containsKey(property) ? String.valueOf(values.get(property)) : "";
        if (known.isPresent() && (name.isEmpty() || name.equals(known.get().name()))) return known.get();
        if (known.filter(place -> force.find(place).isPresent()).isPresent())
            throw new IOException("section [%s] cannot take another name"
                    .formatted(known.get().name()));
        if (name.isEmpty())
            throw new IOException("a new section of %s needs its name in '%s'".formatted(schema.file(), property));
        Place born = new Place(schema, name);
        if (force.find(born).isPresent()) throw new IOException("section [%s] exists already".formatted(name));
        return born;
    }

    /** What the disk says now, on top of which an edit is made; refused where somebody left it in disorder. */
    private Reading disk(Place place) throws IOException {
        Reading disk = read(place.schema());
        Takeover takeover = Takeover.of(new Look(Map.of(place.schema(), disk), List.of()), force);
        boolean gone = takeover.kept().getOrDefault(place.schema(), List.of()).contains("[" + place.name() + "]");
        List<Fault> fresh = Fault.beyond(faults(disk, place), faults(force.of(place.schema()), place));
        if (gone || !fresh.isEmpty())
            throw new IOException("correct the file first: " + (fresh.isEmpty() ? takeover.refused() : fresh).get(0));
        return disk;
    }

    private static List<Fault> faults(Optional<Reading> reading, Place place) {
        return reading.map(known -> faults(known, place)).orElse(List.of());
    }

    private static List<Fault> faults(Reading reading, Place place) {
        return place.name().isEmpty()
                ? reading.global().faults()
                : reading.named(place.name()).map(Scope::faults).orElse(List.of());
    }

    private boolean known(Reading disk) {
        return force.of(disk.schema())
                .filter(reading -> Arrays.equals(reading.bytes(), disk.bytes()))
                .isPresent();
    }

    /** Refuses an edit that adds to what was wrong. */
    private static void check(Reading before, Reading after) throws IOException {
        for (Fault fault : Fault.beyond(Fault.grave(after.faults()), Fault.grave(before.faults())))
            throw new IOException(fault.file() + ": " + fault.reason());
    }

    private void write(Reading before, Reading after) throws IOException {
        boolean mine = known(before);
        Disk.replace(directory.resolve(after.schema().file()), after.bytes());
        if (!mine) return; // what somebody else wrote meanwhile is still to be adopted, by who watches the disk
        var readings = new EnumMap<Schema, Reading>(Schema.class);
        readings.putAll(force.readings());
        readings.put(after.schema(), after);
        take(new Look(readings, force.missing()));
    }

    private void put(Map<String, Map<String, Object>> all, Place place, Scope scope) {
        var values = new LinkedHashMap<>(scope.values());
        if (!place.name().isEmpty()) values.put(place.table().name(), place.name());
        if (place.schema() == Schema.UPS_CONF && !place.name().isEmpty())
            values.put(ORDER, orders.of(lower(place.name())));
        values.put(ORIGIN, place.schema().file() + ":" + scope.line());
        all.put(places.pid(place), values);
    }

    /** Whether what a configuration holds by this key is never shown. */
    static boolean secret(String key) {
        return key.contains(PASSWORD) || key.equals("monitor");
    }

    /** A secret among the options would be shown with them. */
    private static void refuseSecrets(@Nullable Object options, String pid) throws IOException {
        for (String line : options == null ? List.<String>of() : Type.texts(options)) {
            String key = line.replaceFirst("=.*", "").trim();
            if (!Table.property(key).equals(Table.OPTIONS))
                throw new IOException("%s: '%s' belongs into %s, where it is not shown, and not into %s"
                        .formatted(pid, key, Table.SECRETS, Table.OPTIONS));
        }
    }

    /** What Configuration Admin and this bundle keep in a configuration beside what the file says. */
    static boolean housekeeping(String key) {
        return key.startsWith(".")
                || key.startsWith(":")
                || key.startsWith("_")
                || key.startsWith("service.")
                || key.startsWith("felix.")
                || key.equals(ORDER);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
