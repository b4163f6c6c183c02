import aQute.bnd.differ.Baseline.Info;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Holds what bundles export to a baseline: Baseline check FOLDER JAR..., or takes one: Baseline take FOLDER JAR... A baseline
 * is a jar of the same name with the exported packages, without code and without what is private.
 */
final class Baseline {
    /** Parts of the manifest by which bnd knows a bundle and what it exports. */
    private static final List<String> HEADERS =
            List.of("Bundle-ManifestVersion", "Bundle-SymbolicName", "Bundle-Version", "Export-Package");

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        var faults = new ArrayList<String>();
        for (int i = 2; i < arguments.length; i++) {
            var jar = Path.of(arguments[i]);
            var baseline = folder.resolve(jar.getFileName());
            if (arguments[0].equals("take")) take(jar, baseline);
            else if (Files.exists(baseline)) faults.addAll(check(jar, baseline));
            else faults.add(jar.getFileName() + " has no baseline in " + folder);
        }
        faults.forEach(fault -> System.err.println("baseline: " + fault));
        if (!faults.isEmpty()) {
            System.err.println("baseline: see CONTRIBUTING.md, \"What we export\"");
            System.exit(1);
        }
    }

    /** One line for each package whose version does not tell what changed in it, and what that is. */
    private static List<String> check(Path jar, Path baseline) throws Exception {
        var faults = new ArrayList<String>();
        try (var bnd = new Processor();
                var newer = new Jar(jar.toFile());
                var older = new Jar(baseline.toFile())) {
            var differ = new DiffPluginImpl();
            for (Info info : new aQute.bnd.differ.Baseline(bnd, differ).baseline(newer, older, new Instructions("*"))) {
                if (!info.mismatch) continue;
                var fault = new StringBuilder("%s: package %s has version %s and must have %s or higher, for since %s"
                        .formatted(jar.getFileName(), info.packageName, info.newerVersion, info.suggestedVersion, info.olderVersion));
                changes(info.packageDiff, "", fault);
                faults.add(fault.toString());
            }
        }
        return faults;
    }

    private static void changes(Diff diff, String within, StringBuilder into) {
        Delta delta = diff.getDelta();
        if (delta == Delta.UNCHANGED || delta == Delta.IGNORED) return;
        boolean changed = delta == Delta.ADDED || delta == Delta.REMOVED;
        var children = diff.getChildren().stream()
                .filter(child -> child.getDelta() != Delta.UNCHANGED && child.getDelta() != Delta.IGNORED)
                .sorted(Comparator.comparing(Diff::getName))
                .toList();
        String name = diff.getType().name().toLowerCase(java.util.Locale.ROOT) + ' ' + diff.getName();
        if (changed || children.isEmpty())
            into.append("\n    ").append(delta.name().toLowerCase(java.util.Locale.ROOT)).append(": ").append(within).append(name);
        else for (Diff child : children) changes(child, within.isEmpty() ? name + ", " : name + ", ", into);
    }

    private static void take(Path jar, Path baseline) throws IOException {
        Files.createDirectories(baseline.toAbsolutePath().getParent());
        try (var from = new JarFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(baseline))) {
            var manifest = new Manifest();
            manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
            var given = from.getManifest().getMainAttributes();
            for (String header : HEADERS)
                if (given.getValue(header) != null) manifest.getMainAttributes().putValue(header, given.getValue(header));
            entry(to, JarFile.MANIFEST_NAME, manifest::write);
            var exported = List.of(given.getValue("Export-Package").replaceAll("\"[^\"]*\"", "").split(",")).stream()
                    .map(clause -> clause.split(";")[0].strip().replace('.', '/'))
                    .toList();
            var classes = new TreeMap<String, ZipEntry>();
            from.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .filter(entry -> exported.contains(entry.getName().replaceFirst("/[^/]*$", "")))
                    .forEach(entry -> classes.put(entry.getName(), entry));
            for (var each : classes.entrySet()) {
                try (InputStream in = from.getInputStream(each.getValue())) {
                    byte[] signatures = signatures(in.readAllBytes());
                    entry(to, each.getKey(), out -> out.write(signatures));
                }
            }
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** With one time, so that the same classes give the same bytes. */
    private static void entry(ZipOutputStream to, String name, Content content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        to.putNextEntry(entry);
        content.write(to);
        to.closeEntry();
    }

    private static byte[] signatures(byte[] whole) {
        var writer = new ClassWriter(0);
        new ClassReader(whole).accept(new Exported(writer), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    /** A class without its private members. */
    private static final class Exported extends ClassVisitor {
        Exported(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            return (access & Opcodes.ACC_PRIVATE) != 0 ? null : super.visitField(access, name, type, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            return (access & Opcodes.ACC_PRIVATE) != 0 ? null : super.visitMethod(access, name, type, signature, exceptions);
        }
    }
}
