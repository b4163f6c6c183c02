import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Writes the list of parts of a smaller distribution from that of the whole one, both in CycloneDX's JSON:
 * {@code PartsList WHOLE DISTRIBUTION NAME}. A part that lies within a jar is listed when that jar is there; a jar that the whole
 * has not is listed as its manifest describes it. Needs Gson.
 */
final class PartsList {
    private static final String LIST = "lib/cobnut.cdx.json";
    private static final String PROGRAMS = "cobnut.cli";
    private static final String SCRIPTS = "pkg:npm/";
    private static final String CONSOLE = "org.apache.felix.webconsole";

    private final JsonObject list;
    private final Map<String, JsonObject> parts = new HashMap<>();
    private final Map<String, JsonObject> edges = new HashMap<>();
    /** The part that a jar is, by its SHA-256. */
    private final Map<String, String> jars = new HashMap<>();

    private PartsList(Path whole) throws IOException {
        list = JsonParser.parseString(Files.readString(whole.resolve(LIST))).getAsJsonObject();
        for (JsonElement each : list.getAsJsonArray("components")) {
            JsonObject part = each.getAsJsonObject();
            parts.put(ref(part), part);
            if (part.has("hashes"))
                for (JsonElement hash : part.getAsJsonArray("hashes"))
                    if (text(hash, "alg").equals("SHA-256")) jars.put(text(hash, "content"), ref(part));
        }
        for (JsonElement edge : list.getAsJsonArray("dependencies")) edges.put(text(edge, "ref"), edge.getAsJsonObject());
    }

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        Path whole = Path.of(arguments[0]);
        Path distribution = Path.of(arguments[1]);
        new PartsList(whole).write(whole, distribution, arguments[2]);
    }

    private void write(Path whole, Path distribution, String name) throws IOException, NoSuchAlgorithmException {
        var apart = new HashSet<String>();
        for (var jar : digests(whole).entrySet()) apart.add(known(jar.getValue(), jar.getKey()));
        var kept = new HashSet<String>();
        var strangers = new ArrayList<JsonObject>();
        for (var jar : digests(distribution).entrySet()) {
            String part = known(jar.getValue(), jar.getKey());
            if (part.isEmpty()) strangers.add(described(jar.getValue(), jar.getKey()));
            // It may have been signed meanwhile.
            else if (kept.add(part)) parts.get(part).add("hashes", hashes(jar.getKey()));
        }
        // It lies within lib/cli.jar.
        parts.values().stream().filter(part -> text(part, "name").equals(PROGRAMS)).forEach(part -> kept.add(ref(part)));
        addParts(kept, apart);
        boolean console = kept.stream().anyMatch(ref -> text(parts.get(ref), "name").equals(CONSOLE));
        if (console) parts.keySet().stream().filter(ref -> ref.startsWith(SCRIPTS)).forEach(kept::add);
        filter(kept, strangers, name);
        Files.writeString(
                distribution.resolve(LIST), new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(list) + "\n");
    }

    /** The part of the whole that a jar is, by its contents or by Maven's name for it; empty for none. */
    private String known(Path jar, String digest) throws IOException {
        String part = jars.getOrDefault(digest, "");
        if (!part.isEmpty()) return part;
        String purl = text(described(jar, digest), "purl");
        return parts.containsKey(purl) ? purl : "";
    }

    /** Adds what the parts are made of and what is no jar of its own in the whole. */
    private void addParts(Set<String> kept, Set<String> apart) {
        var open = new ArrayDeque<>(kept);
        while (!open.isEmpty()) {
            JsonObject edge = edges.get(open.remove());
            if (edge == null || !edge.has("dependsOn")) continue;
            for (JsonElement to : edge.getAsJsonArray("dependsOn"))
                if (parts.containsKey(to.getAsString()) && !apart.contains(to.getAsString()) && kept.add(to.getAsString()))
                    open.add(to.getAsString());
        }
    }

    private void filter(Set<String> kept, List<JsonObject> strangers, String name) {
        var components = new JsonArray();
        for (JsonElement part : list.getAsJsonArray("components")) if (kept.contains(ref(part.getAsJsonObject()))) components.add(part);
        strangers.forEach(components::add);
        list.add("components", components);
        JsonObject root = list.getAsJsonObject("metadata").getAsJsonObject("component");
        root.addProperty("name", name);
        var dependencies = new JsonArray();
        for (JsonElement edge : list.getAsJsonArray("dependencies")) {
            String from = text(edge, "ref");
            if (!kept.contains(from) && !from.equals(ref(root))) continue;
            var to = new JsonArray();
            if (edge.getAsJsonObject().has("dependsOn"))
                for (JsonElement each : edge.getAsJsonObject().getAsJsonArray("dependsOn")) if (kept.contains(each.getAsString())) to.add(each);
            if (from.equals(ref(root))) strangers.forEach(part -> to.add(ref(part)));
            edge.getAsJsonObject().add("dependsOn", to);
            dependencies.add(edge);
        }
        list.add("dependencies", dependencies);
        // Another list has another number, and the same list the same.
        var serial = UUID.nameUUIDFromBytes((name + components).getBytes(StandardCharsets.UTF_8));
        list.addProperty("serialNumber", "urn:uuid:" + serial);
    }

    private static JsonObject described(Path jar, String digest) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var headers = (file.getManifest() == null ? new Manifest() : file.getManifest()).getMainAttributes();
            String name = String.valueOf(headers.getValue("Bundle-SymbolicName")).replaceFirst(";.*", "").strip();
            String version = String.valueOf(headers.getValue("Bundle-Version"));
            String purl = "pkg:generic/" + name + "@" + version;
            var pom = file.stream().filter(entry -> entry.getName().matches("META-INF/maven/.*/pom\\.properties")).toList();
            if (pom.size() == 1) {
                var given = new Properties();
                given.load(file.getInputStream(pom.get(0)));
                purl = "pkg:maven/%s/%s@%s?type=jar"
                        .formatted(given.getProperty("groupId"), given.getProperty("artifactId"), given.getProperty("version"));
            }
            var part = new JsonObject();
            part.addProperty("type", "library");
            part.addProperty("bom-ref", purl);
            part.addProperty("name", name);
            part.addProperty("version", version);
            part.addProperty("scope", "required");
            part.add("hashes", hashes(digest));
            String licence = headers.getValue("Bundle-License");
            if (licence != null) part.add("licenses", licence(licence.replaceFirst("[;,].*", "").strip()));
            part.addProperty("purl", purl);
            return part;
        }
    }

    private static JsonArray hashes(String digest) {
        return JsonParser.parseString("[{\"alg\": \"SHA-256\", \"content\": \"%s\"}]".formatted(digest)).getAsJsonArray();
    }

    private static JsonArray licence(String name) {
        var licence = new JsonObject();
        licence.addProperty("name", name);
        var choice = new JsonObject();
        choice.add("license", licence);
        var all = new JsonArray();
        all.add(choice);
        return all;
    }

    /** Every jar by its SHA-256, but for the one in which the client programs are put together anew. */
    private static Map<String, Path> digests(Path home) throws IOException, NoSuchAlgorithmException {
        var all = new HashMap<String, Path>();
        for (String folder : List.of("lib", "system", "drivers", "console")) {
            if (!Files.isDirectory(home.resolve(folder))) continue;
            try (var files = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
                for (Path jar : files)
                    if (!jar.endsWith("cli.jar"))
                        all.put(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))), jar);
            }
        }
        return all;
    }

    private static String ref(JsonObject part) {
        return text(part, "bom-ref");
    }

    private static String text(JsonElement object, String name) {
        JsonElement value = object.getAsJsonObject().get(name);
        return value == null ? "" : value.getAsString();
    }
}
