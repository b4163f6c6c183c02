package org.cobnut.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.security.CodeSigner;
import java.security.cert.CertPath;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a jar (JAR File Specification, "Signed JAR File"). Only a signature that covers every entry counts.
 *
 * @param signers the certificates of everyone who signed all of it, each signer's own first
 * @param bare an entry that is not signed though others are; empty where there is none
 */
record Seal(List<CertPath> signers, String bare) {
    // What a signature consists of is not signed itself.
    private static final Pattern PART_OF_IT =
            Pattern.compile("META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(SF|RSA|EC|DSA))");

    Seal {
        signers = List.copyOf(signers);
    }

    /**
     * Reads every entry to its end, for damage shows nowhere else.
     *
     * @throws SecurityException when an entry is not the one that was signed
     */
    static Seal of(JarFile jar) throws IOException {
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
        return new Seal(all, signed ? bare : "");
    }

    private static boolean partOfIt(JarEntry entry) {
        return PART_OF_IT.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
    }

    private static Set<CodeSigner> signers(JarEntry entry) {
        CodeSigner @Nullable [] signers = entry.getCodeSigners();
        return signers == null ? Set.of() : Set.of(signers);
    }
}
