package org.cobnut.deploy.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertPath;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cobnut.deploy.Refusal;
import org.cobnut.deploy.jar.JarBounds;
import org.cobnut.deploy.jar.JarSignature;
import org.cobnut.deploy.jar.TrustedSigners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches catalogs and jars from folders and URLs, and trusts none without a signature by one whose certificate is in
 * {@code vendors/}, has not expired, and is not revoked. Remembers which edition of each catalog was seen, so that nobody can
 * give an older one. One thread at a time.
 */
final class CatalogReader {
    /** The signed jar that holds a catalog, and its entry. */
    static final String FILE = "catalog.jar";

    static final String ENTRY = "catalog.txt";

    private static final Logger log = LoggerFactory.getLogger(CatalogReader.class);
    private static final String LOCATIONS = "catalogs";
    private static final String SEEN = "catalogs.seen";
    private static final long LARGEST = 64L << 20;
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final Path vendors;
    private final Path seen;
    private final Path work;
    private final TrustedSigners signers;

    /** @param work a folder of the caller's, for copies */
    CatalogReader(Path vendors, Path state, Path work) {
        this.vendors = vendors;
        this.work = work;
        seen = state.resolve(SEEN);
        signers = new TrustedSigners(vendors, problem -> log.error("{}", problem));
    }

    /** Where catalogs lie: a folder or a URL on each line of {@code vendors/catalogs}. */
    List<String> locations() throws IOException {
        try {
            return Files.readAllLines(vendors.resolve(LOCATIONS), StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Reads the catalog of a location as it is today. */
    Catalog read(String location, LocalDate today) throws IOException, Refusal {
        Path copy = fetch(location, FILE);
        try {
            trust(copy, today);
            Catalog catalog = Catalog.parse(text(copy));
            if (catalog.expires().isBefore(today))
                throw new Refusal("it expired on " + catalog.expires() + "; its maker has to give a newer edition");
            remember(catalog);
            return catalog;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Fetches a jar of a catalog, which is the one that the catalog means and as well signed as that; the caller deletes it. */
    Path jar(String location, CatalogItem item, LocalDate today) throws IOException, Refusal {
        Path copy = fetch(location, item.file());
        boolean fit = false;
        try {
            Optional<String> other = signers.revoked(item.digest(), new JarSignature(List.of(), ""));
            if (other.isPresent()) throw new Refusal(other.get());
            if (!JarSignature.digest(copy).equals(item.digest()))
                throw new Refusal(item.file() + " is not the file that the catalog means: its SHA-256 is another");
            trust(copy, today);
            fit = true;
            return copy;
        } finally {
            if (!fit) Files.deleteIfExists(copy);
        }
    }

    private void trust(Path jar, LocalDate today) throws IOException, Refusal {
        JarBounds.check(jar);
        Optional<String> objection = signers.objection(jar);
        if (objection.isPresent()) throw new Refusal(objection.get());
        for (CertPath signer : JarSignature.of(jar).signers()) {
            if (!(signer.getCertificates().get(0) instanceof X509Certificate own)) continue;
            LocalDate until =
                    own.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate();
            if (until.isBefore(today))
                throw new Refusal("the certificate of %s, who signed it, expired on %s; it has to be signed anew"
                        .formatted(own.getSubjectX500Principal().getName(), until));
        }
    }

    private static String text(Path jar) throws IOException, Refusal {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(ENTRY);
            if (entry == null) throw new Refusal("it is no catalog: it has no " + ENTRY);
            try (InputStream input = zip.getInputStream(entry)) {
                return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private Path fetch(String location, String file) throws IOException {
        Path copy = Files.createTempFile(work, "catalog", ".jar");
        boolean whole = false;
        try (InputStream input = open(location, file)) {
            Files.copy(new BoundedInput(input, LARGEST), copy, StandardCopyOption.REPLACE_EXISTING);
            whole = true;
            return copy;
        } finally {
            if (!whole) Files.deleteIfExists(copy);
        }
    }

    private static InputStream open(String location, String file) throws IOException {
        if (location.startsWith("/"))
            return Files.newInputStream(Path.of(location).resolve(file));
        if (!location.matches("(?i)(https?|file):.*"))
            throw new IOException(location + " is neither a whole path nor a URL of http, https or file");
        URLConnection connection = URI.create(location.endsWith("/") ? location + file : location + "/" + file)
                .toURL()
                .openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection.getInputStream();
    }

    /** Refuses an edition before the last one that was seen. */
    private void remember(Catalog catalog) throws IOException, Refusal {
        Map<String, Long> editions = new TreeMap<>();
        if (Files.exists(seen))
            for (String line : Files.readAllLines(seen)) {
                String[] words = line.split(" ");
                if (words.length == 2 && words[1].matches("\\d{1,18}"))
                    editions.put(words[0], Long.parseLong(words[1]));
            }
        long last = editions.getOrDefault(catalog.name(), 0L);
        if (catalog.edition() < last)
            throw new Refusal("it is edition %d of %s, and edition %d was here before: somebody gives an old one"
                    .formatted(catalog.edition(), catalog.name(), last));
        if (catalog.edition() == last) return;
        editions.put(catalog.name(), catalog.edition());
        var lines = new ArrayList<String>();
        editions.forEach((name, edition) -> lines.add(name + " " + edition));
        Path next = Files.createTempFile(seen.toAbsolutePath().getParent(), "catalogs", ".new");
        Files.write(next, lines);
        Files.move(next, seen, StandardCopyOption.ATOMIC_MOVE);
    }
}
