package org.cobnut.conf.files;

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
import org.cobnut.conf.schema.FileEditor;
import org.cobnut.conf.schema.KeywordTable;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionId;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.schema.ValueType;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.cobnut.conf.text.FileWriters;
import org.jspecify.annotations.Nullable;

/**
 * Holds NUT's files in one directory and the configurations that they contain. The state that was adopted last is in
 * force; a newer state of the disk is read first, and then adopted or not. Thread-safe; calls no other component.
 */
public final class NutFiles {
    /** The property that tells where a configuration came from. */
    public static final String ORIGIN = ".origin";

    /** The property that holds a device's place in LIST UPS. */
    static final String ORDER = "order";

    private static final String PASSWORD = "password";

    private final Path directory;
    private final ReadScope readScope;
    private final FileWriters writers = FileWriters.ofThisProcess();
    private final DeviceOrder deviceOrder = new DeviceOrder();
    private final SectionPids pids = new SectionPids();
    private DiskState force = new DiskState(Map.of(), List.of());

    public NutFiles(Path directory) {
        this(directory, new ReadScope.Everybody(Optional.empty()));
    }

    public NutFiles(Path directory, ReadScope readScope) {
        this.directory = directory;
        this.readScope = readScope;
    }

    public ReadScope readScope() {
        return readScope;
    }

    public Path directory() {
        return directory;
    }

    /** Reads the disk; what is in force stays. */
    public DiskState readDisk() {
        var parsedFiles = new EnumMap<Schema, ParsedFile>(Schema.class);
        var missing = new ArrayList<Fault>();
        for (Schema schema : Schema.values()) {
            if (!readScope.reads(schema)) continue;
            Path path = directory.resolve(schema.file());
            Optional<String> planted = schema.ours() ? writers.fault(path) : Optional.empty();
            if (planted.isPresent()) {
                missing.add(Fault.error(path.toString(), 0, "does not count, for " + planted.get()));
                continue;
            }
            try {
                parsedFiles.put(schema, read(schema));
            } catch (IOException e) {
                if (!spared(schema, path))
                    missing.add(Fault.error(path.toString(), 0, "cannot be read: " + FileStore.reason(e)));
            }
        }
        return new DiskState(parsedFiles, missing);
    }

    private synchronized boolean spared(Schema schema, Path path) {
        boolean optional = schema.need() == Schema.Need.MAY
                || (schema.need() == Schema.Need.MAY_IN_PRIVATE
                        && force.of(schema).isEmpty());
        return optional && Files.notExists(path);
    }

    /** Puts in force what was seen, as a start does: what is wrong with it is left out. */
    public synchronized void adopt(DiskState diskState) {
        force = diskState;
        diskState
                .of(Schema.UPS_CONF)
                .ifPresent(devices -> deviceOrder.load(devices.sections().stream()
                        .map(scope -> lower(scope.name()))
                        .toList()));
        pids.retain(sectionId -> diskState.find(sectionId).isPresent());
    }

    /** Puts in force what was seen, but for what is wrong with it since the last time. */
    public synchronized ReloadDecision take(DiskState diskState) {
        ReloadDecision decision = ReloadDecision.of(diskState, force);
        adopt(decision.force());
        return decision;
    }

    public synchronized DiskState inForce() {
        return force;
    }

    /** Tells whether the files in force have a place for this PID. */
    public synchronized boolean holds(String pid) {
        return pids.find(pid).filter(this::inForce).isPresent();
    }

    private boolean inForce(SectionId sectionId) {
        return force.find(sectionId).isPresent()
                && (sectionId.name().isEmpty() || readScope.wants(sectionId.schema(), sectionId.name()));
    }

    /** All configurations in force by PID, without what Configuration Admin itself keeps in them. */
    public synchronized Map<String, Map<String, Object>> configurations() {
        var all = new LinkedHashMap<String, Map<String, Object>>();
        for (Schema schema : Schema.values()) {
            Optional<ParsedFile> parsed = force.of(schema);
            if (parsed.isEmpty()) continue;
            if (!schema.global().pid().isEmpty())
                put(all, new SectionId(schema, ""), parsed.get().global());
            for (SectionValues scope : parsed.get().sections())
                if (readScope.wants(schema, scope.name())) put(all, new SectionId(schema, scope.name()), scope);
        }
        return all;
    }

    /** Tells whether a configuration says what the files say, whatever defaults it spells out. */
    public boolean says(String pid, Map<String, ?> given) {
        Map<String, Object> wanted = configurations().get(pid);
        return wanted != null && says(pid, wanted, given);
    }

    /** The same, where {@link #configurations} were asked for already. */
    public synchronized boolean says(String pid, Map<String, Object> wanted, Map<String, ?> given) {
        Optional<SectionId> sectionId = pids.find(pid);
        if (sectionId.isEmpty()) return false;
        String name = sectionId.get().table().name();
        return FileEditor.same(sectionId.get().table(), wanted, given)
                && Objects.equals(wanted.get(ORDER), given.get(ORDER))
                && Objects.equals(wanted.get(name), given.get(name));
    }

    /**
     * Writes a configuration into its file, if it says anything new; other lines keep their bytes.
     *
     * @return whether it did
     * @throws IOException when it cannot be written, or says what the file cannot hold; then nothing is changed
     */
    public synchronized boolean store(String pid, Map<String, ?> given) throws IOException {
        var wanted = new LinkedHashMap<String, Object>();
        given.forEach((key, value) -> wanted.put(lower(key), value));
        SectionId sectionId = sectionId(pid, wanted);
        KeywordTable table = sectionId.table();
        refuseSecrets(wanted.get(KeywordTable.OPTIONS), pid);
        wanted.keySet().removeIf(key -> housekeeping(key) || key.equals(table.name()));
        for (String key : wanted.keySet())
            if (!table.holds(key))
                throw new IOException(
                        "%s has no key '%s' for %s".formatted(sectionId.schema().file(), key, pid));
        Optional<Map<String, Object>> base = force.find(sectionId).map(SectionValues::values);
        if (base.isPresent() && FileEditor.same(table, base.get(), wanted)) return false;
        ParsedFile disk = disk(sectionId);
        Map<String, Object> now =
                disk.find(sectionId.name()).map(SectionValues::values).orElse(Map.of());
        Map<String, Object> values = FileEditor.merge(table, base.orElse(Map.of()), wanted, now);
        ParsedFile after = new ParsedFile(FileEditor.store(disk, table, sectionId.name(), values), sectionId.schema());
        check(disk, after);
        boolean kept = after.find(sectionId.name())
                .filter(scope -> FileEditor.same(table, scope.values(), values))
                .isPresent();
        if (!kept)
            throw new IOException(sectionId.schema().file() + " cannot hold a value given for " + pid
                    + ": at most 512 printable ASCII characters each");
        pids.bear(pid, sectionId);
        write(disk, after);
        return true;
    }

    /**
     * Puts other contents in the place of a file, or makes it; what is in force stays until the disk is read.
     *
     * @throws IOException when it is not as it was before, or cannot be written; then nothing is changed
     */
    public synchronized void replace(Schema schema, byte[] before, byte[] after) throws IOException {
        Path file = directory.resolve(schema.file());
        boolean there = Files.exists(file);
        if (!Arrays.equals(before, there ? Files.readAllBytes(file) : new byte[0]))
            throw new IOException(file + " has changed meanwhile, and is left as it is");
        try {
            if (there) FileStore.replace(file, after);
            else FileStore.install(file, after, "rw-r-----", directory);
        } catch (IOException refused) {
            throw new IOException(file + " cannot be written: " + FileStore.reason(refused), refused);
        }
    }

    /** Takes a configuration out of its file, and says whether it was there. */
    public synchronized boolean delete(String pid) throws IOException {
        Optional<SectionId> sectionId = pids.find(pid);
        pids.forget(pid);
        if (sectionId.isEmpty() || force.find(sectionId.get()).isEmpty()) return false;
        ParsedFile disk = disk(sectionId.get());
        write(
                disk,
                new ParsedFile(
                        FileEditor.delete(disk, sectionId.get().name()),
                        sectionId.get().schema()));
        return true;
    }

    private ParsedFile read(Schema schema) throws IOException {
        byte[] bytes = readScope.fromDisk(schema) ? Files.readAllBytes(directory.resolve(schema.file())) : new byte[0];
        return readScope.told(new ParsedFile(ConfFile.parse(schema.file(), schema.style(), bytes), schema));
    }

    /** The place of a PID, be it one of old or a section that is just being born. */
    private SectionId sectionId(String pid, Map<String, Object> values) throws IOException {
        Schema schema = SectionPids.schema(pid).orElseThrow(() -> new IOException(pid + " belongs to no file"));
        Optional<SectionId> known = pids.find(pid);
        if (known.isPresent() && known.get().name().isEmpty()) return known.get();
        String property = schema.section().orElseThrow().name();
        String name = values.containsKey(property) ? String.valueOf(values.get(property)) : "";
        if (known.isPresent() && (name.isEmpty() || name.equals(known.get().name()))) return known.get();
        if (known.filter(sectionId -> force.find(sectionId).isPresent()).isPresent())
            throw new IOException("section [%s] cannot take another name"
                    .formatted(known.get().name()));
        if (name.isEmpty())
            throw new IOException("a new section of %s needs its name in '%s'".formatted(schema.file(), property));
        SectionId born = new SectionId(schema, name);
        if (force.find(born).isPresent()) throw new IOException("section [%s] exists already".formatted(name));
        return born;
    }

    /** Reads the file on which an edit is based; refuses an edit of a file with new faults. */
    private ParsedFile disk(SectionId sectionId) throws IOException {
        ParsedFile disk = read(sectionId.schema());
        ReloadDecision decision = ReloadDecision.of(new DiskState(Map.of(sectionId.schema(), disk), List.of()), force);
        boolean gone =
                decision.kept().getOrDefault(sectionId.schema(), List.of()).contains("[" + sectionId.name() + "]");
        List<Fault> fresh = Fault.beyond(faults(disk, sectionId), faults(force.of(sectionId.schema()), sectionId));
        if (gone || !fresh.isEmpty())
            throw new IOException("correct the file first: " + (fresh.isEmpty() ? decision.refused() : fresh).get(0));
        return disk;
    }

    private static List<Fault> faults(Optional<ParsedFile> parsed, SectionId sectionId) {
        return parsed.map(known -> faults(known, sectionId)).orElse(List.of());
    }

    private static List<Fault> faults(ParsedFile parsed, SectionId sectionId) {
        return sectionId.name().isEmpty()
                ? parsed.global().faults()
                : parsed.named(sectionId.name()).map(SectionValues::faults).orElse(List.of());
    }

    private boolean known(ParsedFile disk) {
        return force.of(disk.schema())
                .filter(parsed -> Arrays.equals(parsed.bytes(), disk.bytes()))
                .isPresent();
    }

    /** Refuses an edit that adds to what was wrong. */
    private static void check(ParsedFile before, ParsedFile after) throws IOException {
        for (Fault fault : Fault.beyond(Fault.grave(after.faults()), Fault.grave(before.faults())))
            throw new IOException(fault.file() + ": " + fault.reason());
    }

    private void write(ParsedFile before, ParsedFile after) throws IOException {
        boolean mine = known(before);
        FileStore.replace(directory.resolve(after.schema().file()), after.bytes());
        if (!mine) return; // another program's edit is adopted later, by the watcher
        var parsedFiles = new EnumMap<Schema, ParsedFile>(Schema.class);
        parsedFiles.putAll(force.parsedFiles());
        parsedFiles.put(after.schema(), after);
        take(new DiskState(parsedFiles, force.missing()));
    }

    private void put(Map<String, Map<String, Object>> all, SectionId sectionId, SectionValues scope) {
        var values = new LinkedHashMap<>(scope.values());
        if (!sectionId.name().isEmpty()) values.put(sectionId.table().name(), sectionId.name());
        if (sectionId.schema() == Schema.UPS_CONF && !sectionId.name().isEmpty())
            values.put(ORDER, deviceOrder.of(lower(sectionId.name())));
        values.put(ORIGIN, sectionId.schema().file() + ":" + scope.line());
        all.put(pids.pid(sectionId), values);
    }

    /** Tells whether what a configuration holds by this key is never shown. */
    public static boolean secret(String key) {
        return key.contains(PASSWORD) || key.equals("monitor");
    }

    /** A secret among the options would be shown with them. */
    private static void refuseSecrets(@Nullable Object options, String pid) throws IOException {
        for (String line : options == null ? List.<String>of() : ValueType.texts(options)) {
            String key = line.replaceFirst("=.*", "").trim();
            if (!KeywordTable.property(key).equals(KeywordTable.OPTIONS))
                throw new IOException("%s: '%s' belongs into %s, where it is not shown, and not into %s"
                        .formatted(pid, key, KeywordTable.SECRETS, KeywordTable.OPTIONS));
        }
    }

    /** What Configuration Admin and this bundle keep in a configuration beside what the file says. */
    public static boolean housekeeping(String key) {
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
