package org.cobnut.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cobnut.deploy.jar.JarSignature;
import org.cobnut.launcher.program.DriverJar;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Quote;
import org.jspecify.annotations.Nullable;

/** Writes the catalog of the bundles in a folder, which its maker then signs: nutctl catalog make. */
final class CatalogMaker {
    private static final String FILE = "catalog.jar";
    private static final String ENTRY = "catalog.txt";
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** A clause of a header: names, then attributes and directives, in which commas may stand within quotes. */
    private static final Pattern CLAUSE = Pattern.compile("\\s*((?:[^,\"]|\"[^\"]*\")+)\\s*(?:,|$)");

    private static final Pattern RANGE = Pattern.compile(";\\s*version\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))");
    private static final int LONGEST = 200;

    private CatalogMaker() {}

    /** Takes a folder, the catalog's name, the number of this edition, and the last day on which it counts. */
    public static void main(String[] arguments) {
        try {
            Path folder = Path.of(arguments[0]);
            LocalDate until = LocalDate.parse(arguments[3]);
            if (!arguments[1].matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !arguments[2].matches("\\d{1,18}"))
                throw new IllegalArgumentException(
                        "NAME is of letters and digits, and EDITION a number that grows with each edition");
            String text = text(folder, arguments[1], arguments[2], until);
            write(folder.resolve(FILE), text);
            System.out.println(
                    folder.resolve(FILE) + " is written and is to be signed now: jarsigner -keystore KEYS.p12 "
                            + folder.resolve(FILE) + " ALIAS");
        } catch (DateTimeParseException wrong) {
            fail("EXPIRES is a day such as 2027-06-30, not " + arguments[3]);
        } catch (IllegalArgumentException wrong) { // its text is a sentence of ours
            fail(String.valueOf(wrong.getMessage()));
        } catch (IOException wrong) {
            fail("cannot make the catalog of " + arguments[0] + ": " + ErrorText.withFile(wrong));
        }
    }

    private static void fail(String why) {
        System.err.println("nutctl catalog: " + why);
        System.exit(1);
    }

    static String text(Path folder, String name, String edition, LocalDate until) throws IOException {
        var lines = new ArrayList<>(List.of("catalog " + name + " " + edition, "expires " + until));
        for (Path jar : DriverJar.jars(folder)) {
            if (jar.endsWith(FILE)) continue;
            Attributes headers;
            try (var file = new JarFile(jar.toFile(), false)) {
                Manifest manifest = file.getManifest();
                headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            }
            String bundle = headers.getValue("Bundle-SymbolicName");
            if (bundle == null)
                throw new IllegalArgumentException(jar + " is no bundle: its manifest has no Bundle-SymbolicName");
            String version = headers.getValue("Bundle-Version");
            lines.add("bundle %s %s %s %s"
                    .formatted(
                            bundle.replaceFirst(";.*", "").strip(),
                            version == null ? "0.0.0" : version,
                            jar.getFileName(),
                            JarSignature.digest(jar)));
            text(lines, "licence", headers.getValue("Bundle-License"));
            text(lines, "title", headers.getValue("Bundle-Description"));
            var drivers = new TreeSet<String>();
            for (String component : DriverJar.components(jar)) drivers.addAll(DriverJar.names(component));
            if (!drivers.isEmpty()) lines.add("drivers " + String.join(" ", drivers));
            String imports = headers.getValue("Import-Package");
            if (imports != null) needs(imports, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void text(List<String> lines, String keyword, @Nullable String value) {
        if (value == null || value.isBlank()) return;
        String first = keyword.equals("licence") ? value.replaceFirst("[;,].*", "") : value;
        lines.add(keyword + " "
                + Quote.quote(first.strip()
                        .substring(0, Math.min(LONGEST, first.strip().length()))));
    }

    private static void needs(String imports, List<String> lines) {
        for (Matcher clause = CLAUSE.matcher(imports); clause.find(); ) {
            String text = clause.group(1);
            if (text.replaceAll("\\s", "").contains("resolution:=optional")) continue;
            Matcher range = RANGE.matcher(text);
            String versions = !range.find() ? "0.0.0" : range.group(1) == null ? range.group(2) : range.group(1);
            for (String part : text.split(";", -1)) {
                if (part.contains("=")) break;
                if (!part.strip().startsWith("java."))
                    lines.add("needs " + part.strip() + " " + Quote.quote(versions.replaceAll("\\s", "")));
            }
        }
    }

    private static void write(Path jar, String text) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            var entry = new ZipEntry(ENTRY);
            entry.setTimeLocal(ALWAYS);
            zip.putNextEntry(entry);
            zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
