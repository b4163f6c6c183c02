package org.cobnut.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.cobnut.deploy.jar.JarBounds;
import org.cobnut.deploy.jar.JarSignature;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * Represents a complete and valid jar. It is copied first, so that it cannot change between the check and the use. This
 * object owns the copy and deletes it on close.
 */
public record JarCopy(
        Path copy, String digest, JarSignature signature, String symbolicName, Version version, boolean singleton)
        implements AutoCloseable {
    /**
     * Copies and checks a file.
     *
     * @param copy where to; replaced when it is there
     * @param known tells of a SHA-256 whether what has it was checked before: then its signature is not looked for, and counts as none
     * @throws Refusal when it is no bundle, or not all of one
     */
    public static JarCopy of(Path file, Path copy, Predicate<String> known) throws Refusal {
        try {
            JarBounds.checkFile(file);
            String digest = copy(file, copy);
            Content content = content(copy, !known.test(digest));
            Attributes headers = content.headers();
            String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null)
                throw new Refusal("it is a jar, but no OSGi bundle: its manifest has no Bundle-SymbolicName");
            String[] parts = name.split(";", 2);
            boolean singleton =
                    parts.length > 1 && parts[1].replaceAll("\\s", "").contains("singleton:=true");
            return new JarCopy(copy, digest, content.signature(), parts[0].strip(), version(headers), singleton);
        } catch (JarBounds.TooLarge e) {
            throw new Refusal("it is not opened: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refusal("it cannot be read: " + ErrorText.of(e), e);
        }
    }

    public InputStream open() throws IOException {
        return Files.newInputStream(copy);
    }

    /** The bundle's name and version, as people write them. */
    public String title() {
        return symbolicName + ' ' + version;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(copy);
    }

    private static String copy(Path file, Path copy) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var input = new DigestInputStream(Files.newInputStream(file), digest)) {
                Files.copy(input, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    private record Content(Attributes headers, JarSignature signature) {}

    private static Content content(Path copy, boolean check) throws IOException, Refusal {
        if (Files.size(copy) == 0) throw new Refusal("it is empty");
        try {
            if (check) JarBounds.check(copy);
        } catch (ZipException e) {
            throw new Refusal("it is damaged, or was not copied to its end (" + e.getMessage() + ")", e);
        }
        try (var jar = new JarFile(copy.toFile(), check)) {
            JarSignature signature = check ? JarSignature.of(copy) : JarSignature.NONE;
            Manifest manifest = jar.getManifest();
            if (manifest == null) throw new Refusal("it is a jar, but no OSGi bundle: it has no manifest");
            return new Content(manifest.getMainAttributes(), signature);
        } catch (SecurityException e) {
            throw new Refusal("it is not what was signed (" + ErrorText.of(e) + ")", e);
        } catch (IOException e) {
            throw new Refusal("its manifest cannot be read (" + ErrorText.of(e) + ")", e);
        }
    }

    private static Version version(Attributes headers) throws Refusal {
        try {
            return Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
        } catch (IllegalArgumentException e) {
            throw new Refusal("its Bundle-Version is none: " + headers.getValue(Constants.BUNDLE_VERSION), e);
        }
    }
}
