package org.cobnut.deploy.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes the signatures of a jar (JAR File Specification, "Signed JAR File"). Only a signature that covers every
 * entry counts.
 *
 * @param signers the certificates of everyone who signed all of it, each signer's own first
 * @param bare an entry that is not signed though others are; empty where there is none
 */
public record JarSignature(List<CertPath> signers, String bare) {
    // What a signature consists of is not signed itself.
    private static final Pattern PART_OF_IT =
            Pattern.compile("META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(SF|RSA|EC|DSA))");

    /** That of a jar which nobody signed. */
    public static final JarSignature NONE = new JarSignature(List.of(), "");

    public JarSignature {
        signers = List.copyOf(signers);
    }

    /**
     * Reads every entry to its end, for a forged one shows nowhere else. The jar is within {@link JarBounds}.
     *
     * @throws SecurityException when an entry is not the one that was signed
     */
    public static JarSignature of(Path file) throws IOException {
        try (var jar = new JarFile(file.toFile(), true)) {
            return of(jar);
        }
    }

    private static JarSignature of(JarFile jar) throws IOException {
        Set<CodeSigner> common = null;
        boolean signed = false;
        String bare = "";
        for (var entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            try (var input = jar.getInputStream(entry)) {
                input.transferTo(OutputStream.nullOutputStream());
            }
            if (entry.isDirectory() || partOfIt(entry)) continue;
            Set<CodeSigner> signers = signers(entry);
            signed |= !signers.isEmpty();
            if (signers.isEmpty() && bare.isEmpty()) bare = entry.getName();
            if (common == null) common = new HashSet<>(signers);
            else common.retainAll(signers);
        }
        List<CertPath> all = common == null
                ? List.of()
                : common.stream().map(CodeSigner::getSignerCertPath).toList();
        return new JarSignature(all, signed ? bare : "");
    }

    /** Returns the SHA-256 of a file, in hexadecimal digits. */
    public static String digest(Path file) throws IOException {
        MessageDigest digest = RevocationList.sha256();
        try (var input = Files.newInputStream(file)) {
            var chunk = new byte[1 << 16];
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) digest.update(chunk, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean partOfIt(JarEntry entry) {
        return PART_OF_IT.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
    }

    private static Set<CodeSigner> signers(JarEntry entry) {
        CodeSigner @Nullable [] signers = entry.getCodeSigners();
        return signers == null ? Set.of() : Set.of(signers);
    }
}
