package org.cobnut.conf.edit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.mirror.NutPersistence;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.cobnut.config.ConfigurationFiles;
import org.cobnut.config.FileFault;
import org.cobnut.config.FileText;
import org.cobnut.lifecycle.ConfigurationReload;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads, checks and writes whole files, by the checks of {@code nutctl config check} and with the lock of every other edit. */
@Component
public final class FileEditing implements ConfigurationFiles {
    /**
     * The files that say which programs run and what is trusted. Who holds the password of a page in a locked Cobnut may not
     * run programs of his own, and so not write them.
     */
    private static final Set<Schema> COMMANDS =
            Set.of(Schema.NUT_CONF, Schema.UPSMON_CONF, Schema.UPSSCHED_CONF, Schema.NOTIFY_CONF);

    private final NutFiles files;
    private final ConfigurationReload reload;
    private final boolean locked;

    @Activate
    public FileEditing(
            BundleContext context, @Reference NutPersistence persistence, @Reference ConfigurationReload reload) {
        this(persistence.files(), reload, Boolean.parseBoolean(context.getProperty("cobnut.locked")));
    }

    FileEditing(NutFiles files, ConfigurationReload reload, boolean locked) {
        this.files = files;
        this.reload = reload;
        this.locked = locked;
    }

    @Override
    public List<String> names() {
        return Arrays.stream(Schema.values()).map(Schema::file).sorted().toList();
    }

    @Override
    public FileText read(String name) throws IOException {
        Schema schema = schema(name);
        byte[] bytes = bytes(schema);
        return new FileText(name, new SecretMask(schema, bytes).text(), version(bytes));
    }

    @Override
    public List<FileFault> check(FileText edited) throws IOException {
        Schema schema = schema(edited.name());
        DiskState disk = disk();
        List<Fault> before = CheckProgram.faults(disk, files);
        var own = new ArrayList<FileFault>();
        var others = new ArrayList<Fault>();
        for (Fault fault : CheckProgram.faults(with(disk, schema, restored(schema, edited, bytes(schema))), files)) {
            if (fault.file().equals(schema.file())) own.add(shown(fault));
            else others.add(fault);
        }
        for (Fault fault : Fault.beyond(others, before)) own.add(shown(fault));
        return own;
    }

    @Override
    public String write(FileText edited) throws IOException {
        Schema schema = schema(edited.name());
        if (locked && COMMANDS.contains(schema))
            throw new IOException(
                    schema.file()
                            + " names programs or what is trusted, and this Cobnut is locked (COBNUT_LOCKED): edit the file itself");
        byte[] before = bytes(schema);
        byte[] after = restored(schema, edited, before);
        if (Arrays.equals(before, after)) return "";
        List<Fault> refused = Fault.beyond(Fault.grave(faults(schema, after)), Fault.grave(faults(schema, before)));
        if (!refused.isEmpty())
            throw new IOException(refused.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        files.replace(schema, before, after);
        try {
            List<String> late = reload.reload();
            return late.isEmpty() ? "" : "counts from the next start: " + String.join(", ", late);
        } catch (IOException others) {
            return "written; what else is refused: " + others.getMessage();
        }
    }

    private byte[] restored(Schema schema, FileText edited, byte[] before) throws IOException {
        if (!version(before).equals(edited.version()))
            throw new IOException(schema.file() + " has changed meanwhile, and is left as it is: open it again");
        return new SecretMask(schema, before).restored(edited.text());
    }

    /** All files, be they read by this program or not. */
    private DiskState disk() {
        return new NutFiles(files.directory()).readDisk();
    }

    private static DiskState with(DiskState disk, Schema schema, byte[] bytes) {
        var parsedFiles = new EnumMap<Schema, ParsedFile>(Schema.class);
        parsedFiles.putAll(disk.parsedFiles());
        parsedFiles.put(schema, parsed(schema, bytes));
        List<Fault> missing = disk.missing().stream()
                .filter(fault -> !Path.of(fault.file()).endsWith(schema.file()))
                .toList();
        return new DiskState(parsedFiles, missing);
    }

    private static List<Fault> faults(Schema schema, byte[] bytes) {
        return parsed(schema, bytes).faults();
    }

    private static ParsedFile parsed(Schema schema, byte[] bytes) {
        return new ParsedFile(ConfFile.parse(schema.file(), schema.style(), bytes), schema);
    }

    private static FileFault shown(Fault fault) {
        return new FileFault(fault.file(), fault.line(), fault.reason(), fault.grave());
    }

    /** What the file holds; nothing when it is not there. */
    private byte[] bytes(Schema schema) throws IOException {
        Path file = files.directory().resolve(schema.file());
        if (Files.notExists(file)) return new byte[0];
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IOException(file + " cannot be read: " + FileStore.reason(unreadable), unreadable);
        }
    }

    private static Schema schema(String name) throws IOException {
        for (Schema schema : Schema.values()) if (schema.file().equals(name)) return schema;
        throw new IOException("NUT has no file " + name);
    }

    private static String version(byte[] bytes) {
        if (bytes.length == 0) return "";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new BigInteger(1, digest).toString(16);
        } catch (NoSuchAlgorithmException impossible) { // every Java has it
            throw new AssertionError(impossible);
        }
    }
}
