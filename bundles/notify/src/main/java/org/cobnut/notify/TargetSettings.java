package org.cobnut.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A section of notify.conf, as a notifier reads it. Immutable; its text shows no secret. */
public final class TargetSettings {
    private static final String MASK = "********";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** Shorter texts stand in others by chance. */
    private static final int SHORTEST = 4;

    private final String target;
    private final Map<String, List<String>> values = new HashMap<>();
    private final Set<String> secret;
    private final Path directory;

    private TargetSettings(String target, Map<String, List<String>> values, Set<String> secret, Path directory) {
        this.target = target;
        values.forEach((key, words) -> this.values.put(key, List.copyOf(words)));
        this.secret = Set.copyOf(secret);
        this.directory = directory;
    }

    /**
     * The settings of a target.
     *
     * @param target the name of the section
     * @param values by keyword, as words
     * @param secret which keywords hold secrets
     * @param directory of notify.conf, in which files without a / at the start of their names lie
     */
    public static TargetSettings of(
            String target, Map<String, List<String>> values, Set<String> secret, Path directory) {
        return new TargetSettings(target, values, secret, directory);
    }

    /** The name of the section. */
    public String target() {
        return target;
    }

    /** The words behind a keyword; none when it does not stand there. */
    public List<String> words(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The first word behind a keyword. */
    public Optional<String> text(String key) {
        return words(key).stream().findFirst();
    }

    /**
     * The first word behind a keyword that must stand there.
     *
     * @throws IllegalArgumentException when it does not
     */
    public String required(String key) {
        return text(key).orElseThrow(() -> new IllegalArgumentException("it needs a line " + key + " = ..."));
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException when there is something else
     */
    public int number(String key, int unsaid) {
        try {
            return text(key).map(Integer::valueOf).orElse(unsaid);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(key + " wants a whole number", wrong);
        }
    }

    /** How long to wait for an answer of the peer. */
    public Duration timeout() {
        return text("timeout").isEmpty() ? TIMEOUT : Duration.ofSeconds(number("timeout", 0));
    }

    /**
     * TLS that trusts the authorities of {@code cafile}, or those of Java where there is none. Reads the file.
     *
     * @throws IllegalArgumentException when the file cannot be used
     */
    public SSLContext tls() {
        try {
            var context = SSLContext.getInstance("TLS");
            Optional<String> cafile = text("cafile");
            context.init(null, cafile.isEmpty() ? null : trusting(directory.resolve(cafile.get())), null);
            return context;
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("cafile is no name of a file", wrong);
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException("TLS cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static TrustManager[] trusting(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in))
                store.setCertificateEntry("authority" + store.size(), each);
            if (store.size() == 0) throw new IllegalArgumentException("cafile " + file + " holds no certificate");
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cafile " + file + " cannot be read", unreadable);
        } catch (java.security.cert.CertificateException wrong) {
            throw new IllegalArgumentException("cafile " + file + " is no file of certificates in PEM", wrong);
        }
    }

    /** A text without the secrets of this target. */
    public String mask(String text) {
        var longestFirst = new TreeSet<String>(
                Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String key : secret)
            for (String word : words(key)) {
                longestFirst.add(word);
                longestFirst.add(tail(word));
            }
        String masked = text;
        for (String each : longestFirst) if (each.length() >= SHORTEST) masked = masked.replace(each, MASK);
        return masked;
    }

    /** What stands behind the host of an address; empty for what is no address. */
    private static String tail(String word) {
        try {
            return Optional.ofNullable(URI.create(word).getRawPath()).orElse("");
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    @Override
    public String toString() {
        var shown = new TreeMap<String, String>();
        values.forEach((key, words) -> shown.put(key, secret.contains(key) ? MASK : String.join(" ", words)));
        return "[" + target + "] " + shown;
    }
}
