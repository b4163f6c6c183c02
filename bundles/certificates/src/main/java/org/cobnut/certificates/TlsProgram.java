package org.cobnut.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cobnut.conf.program.Document;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.FileStore;
import org.cobnut.conf.text.LineSyntax;

/**
 * Runs {@code nutctl tls}: creates a certificate authority beside NUT's files, the server's certificate, and
 * certificates for clients. Stores all of it in PEM in the directory {@code tls}, where openssl and NUT's own programs
 * can read it too.
 */
public final class TlsProgram {
    private static final String HELP = """
            usage: nutctl tls init [-f] [-n NAME]...
                   nutctl tls enrol [-f] NAME

            init makes an authority (tls/ca.pem, and tls/ca.key for its owner only) and with it the server's
            certificate (tls/server.pem), names it in upsd.conf, and prints what clients need.
              -n  a name or address by which clients call the server, instead of those that are found out
              -f  make the certificate anew; the authority stays, so that clients need nothing new
            enrol makes the certificate of a client (tls/NAME.pem), and prints what client and server need for it.
              -f  make it anew
            """;

    private static final int AUTHORITY_DAYS = 3650;
    private static final int DAYS = 825;
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final String DIRECTORY = "tls";
    private static final String SERVER = "server";
    private static final String AUTHORITY = "ca";
    private static final String CERTFILE = "CERTFILE";

    private final Path directory;
    private final Path tls;

    TlsProgram(Path directory) {
        this.directory = directory;
        this.tls = directory.resolve(DIRECTORY);
    }

    /** Does what the arguments say; exits 0, or 1 after one line on standard error. */
    public static void main(String[] args) {
        try {
            System.out.println(new TlsProgram(Path.of(System.getProperty("cobnut.confpath", "/etc/nut"))).run(args));
        } catch (IOException refused) {
            System.err.println("nutctl tls: " + FileStore.told(refused));
            System.exit(1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("nutctl tls: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /**
     * What is to be printed when all is done.
     *
     * @throws IllegalArgumentException when the arguments will not do
     * @throws IOException when something is there already, or cannot be made
     */
    String run(String... args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        String what = words.isEmpty() ? "-h" : words.remove(0);
        boolean force = words.remove("-f");
        return switch (what) {
            case "-h", "--help" -> HELP.stripTrailing();
            case "init" -> init(names(words), force);
            case "enrol" -> enrol(client(words), force);
            default -> throw new IllegalArgumentException("init or enrol is wanted, not " + what);
        };
    }

    private static List<String> names(List<String> words) {
        var names = new ArrayList<String>();
        for (int i = 0; i < words.size(); i += 2) {
            if (!words.get(i).equals("-n") || i + 1 == words.size())
                throw new IllegalArgumentException("init takes -f and -n NAME, not " + words.get(i));
            names.add(words.get(i + 1));
        }
        return names;
    }

    private static String client(List<String> words) {
        if (words.size() > 1)
            throw new IllegalArgumentException("enrol takes one NAME; unexpected word \"" + words.get(1) + '"');
        if (words.size() != 1 || !CLIENT.matcher(words.get(0)).matches())
            throw new IllegalArgumentException(
                    "enrol wants one NAME, of letters, digits, dots, hyphens and underscores");
        if (words.get(0).equals(SERVER) || words.get(0).equals(AUTHORITY))
            throw new IllegalArgumentException("tls/" + words.get(0) + ".pem is another's");
        return words.get(0);
    }

    private String init(List<String> given, boolean force) throws IOException {
        List<String> names = HostNames.of(given);
        Path file = tls.resolve(SERVER + ".pem");
        absent(file, force);
        String named = directory.relativize(file).toString();
        Document conf = Document.of(directory, Schema.UPSD_CONF.file(), LineSyntax.DIRECTIVES);
        for (List<String> other : conf.find("", CERTFILE))
            if (!force && !other.equals(List.of(named)))
                throw new IOException("upsd.conf has another CERTFILE; -f puts " + named + " in its place");
        if (!conf.find("", "CERTIDENT").isEmpty())
            throw new IOException("CERTIDENT in upsd.conf is for another certificate; take that line out first");
        if (!Files.isDirectory(tls)) FileStore.directory(tls, "rwxr-x---", directory);
        String subject = names.get(0).length() <= 64 ? "CN=" + names.get(0) : "CN=upsd";
        List<String> extensions = List.of(
                HostNames.extension(names), "eku=serverAuth", "ku:critical=digitalSignature", "bc:critical=ca:false");
        Path scratch = Files.createTempDirectory(tls, ".new");
        KeytoolRunner.Signed made;
        try {
            var keytool = new KeytoolRunner(scratch);
            KeytoolRunner.Signed authority =
                    Files.exists(tls.resolve("ca.pem")) ? authority() : authority(keytool, names.get(0));
            made = sign(keytool, authority, subject, extensions);
        } finally {
            Files.delete(scratch);
        }
        FileStore.install(file, PemFile.both(made), "rw-r-----", directory);
        conf.put("", entry -> entry.key().equals(CERTFILE), List.of(List.of(CERTFILE, named)));
        conf.save();
        return """
                # Made %s for %s, until %s; upsd.conf names it.
                # Copy %s to each client, beside its upsmon.conf, which then may say
                # (NUT's own programs want the whole path):
                CERTPATH ca.pem
                CERTVERIFY 1
                FORCESSL 1""".formatted(file, String.join(", ", names), end(made), tls.resolve("ca.pem"));
    }

    private String enrol(String name, boolean force) throws IOException {
        Path file = tls.resolve(name + ".pem");
        absent(file, force);
        if (Files.notExists(tls.resolve("ca.pem")))
            throw new IOException("there is no authority yet; nutctl tls init makes one");
        Path scratch = Files.createTempDirectory(tls, ".new");
        KeytoolRunner.Signed made;
        try {
            made = sign(
                    new KeytoolRunner(scratch),
                    authority(),
                    "CN=" + name,
                    List.of("eku=clientAuth", "ku:critical=digitalSignature", "bc:critical=ca:false"));
        } finally {
            Files.delete(scratch);
        }
        FileStore.install(file, PemFile.both(made), "rw-------", tls);
        return """
                # Made %1$s, until %2$s. Move it to the client with %3$s, beside its upsmon.conf, which then may say:
                CERTPATH ca.pem
                CERTFILE %4$s.pem
                CERTVERIFY 1
                FORCESSL 1
                # And upsd.conf here, where "require" refuses clients without a certificate:
                CERTPATH tls/ca.pem
                CERTREQUEST request""".formatted(file, end(made), tls.resolve("ca.pem"), name);
    }

    private void absent(Path file, boolean force) throws IOException {
        if (!Files.isDirectory(directory)) throw new IOException(directory + ": no such directory");
        if (!force && Files.exists(file)) throw new IOException(file + " is there already; -f makes it anew");
    }

    private KeytoolRunner.Signed authority() throws IOException {
        return PemFile.authority(tls.resolve("ca.pem"), tls.resolve("ca.key"));
    }

    private KeytoolRunner.Signed authority(KeytoolRunner keytool, String host) throws IOException {
        String subject = host.length() <= 50 ? "CN=NUT authority " + host : "CN=NUT authority";
        KeytoolRunner.Signed made = keytool.make(
                null,
                subject,
                AUTHORITY_DAYS,
                List.of("bc:critical=ca:true,pathlen:0", "ku:critical=keyCertSign,cRLSign"));
        FileStore.install(tls.resolve("ca.key"), PemFile.key(made), "rw-------", tls);
        FileStore.install(tls.resolve("ca.pem"), PemFile.chain(made), "rw-r-----", directory);
        return made;
    }

    /** No longer than its authority itself. */
    private static KeytoolRunner.Signed sign(
            KeytoolRunner keytool, KeytoolRunner.Signed authority, String subject, List<String> extensions)
            throws IOException {
        long left = Duration.between(
                        Instant.now(), certificate(authority).getNotAfter().toInstant())
                .toDays();
        if (left < 1)
            throw new IOException("the authority ended on " + end(authority) + "; take tls/ca.pem away for a new one");
        return keytool.make(authority, subject, (int) Math.min(DAYS, left), extensions);
    }

    private static String end(KeytoolRunner.Signed made) {
        return certificate(made)
                .getNotAfter()
                .toInstant()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    private static X509Certificate certificate(KeytoolRunner.Signed signed) {
        return (X509Certificate) signed.chain().get(0);
    }
}
