import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Adds the JavaScript libraries within jars to a list of parts: AddScripts SBOM JAR... The form is CycloneDX in JSON. */
final class AddScripts {
    /** As they lie in Felix's web console, the version in the name: res/lib/jquery-ui-1.13.2.js. */
    private static final Pattern LIBRARY = Pattern.compile("(?:.*/)?([a-z][a-z.-]*?[a-z])-(\\d+(?:\\.\\d+)+)(?:\\.min)?\\.js");

    private static final String START = "\n  \"components\" : [";

    public static void main(String[] arguments) throws IOException {
        var sbom = Path.of(arguments[0]);
        var text = Files.readString(sbom);
        var found = new TreeSet<String>();
        for (int i = 1; i < arguments.length; i++) {
            try (var jar = new ZipFile(arguments[i])) {
                jar.stream().map(entry -> LIBRARY.matcher(entry.getName())).filter(name -> name.matches()).forEach(name -> {
                    var purl = "pkg:npm/" + name.group(1).replace('.', '-') + "@" + name.group(2);
                    found.add("""
                                {
                                  "type" : "library",
                                  "bom-ref" : "%s",
                                  "name" : "%s",
                                  "version" : "%s",
                                  "scope" : "required",
                                  "purl" : "%s"
                                },
                            """.formatted(purl, name.group(1).replace('.', '-'), name.group(2), purl));
                });
            }
        }
        int at = text.indexOf(START);
        if (at < 0) throw new IOException(sbom + " has no components");
        // A second run adds nothing.
        found.removeIf(part -> text.contains(part.lines().filter(line -> line.contains("bom-ref")).findFirst().orElseThrow().strip()));
        Files.writeString(sbom, text.substring(0, at + START.length()) + "\n" + String.join("", found) + text.substring(at + START.length()).replaceFirst("^\n", ""));
    }
}
