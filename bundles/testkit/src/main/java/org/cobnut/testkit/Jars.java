package org.cobnut.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles that are hardly more than their manifest. */
public final class Jars {
    private Jars() {}

    /** A bundle of that name and version; the rest are further lines of the manifest. */
    public static byte[] bundle(String name, String version, String... lines) throws IOException {
        return jar("Bundle-ManifestVersion: 2\nBundle-SymbolicName: %s\nBundle-Version: %s\n%s"
                .formatted(name, version, String.join("\n", lines)));
    }

    public static byte[] jar(String headers) throws IOException {
        var text = "Manifest-Version: 1.0\n" + headers.strip() + "\n";
        var manifest = new Manifest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (int i = 0; i < 20; i++) {
                jar.putNextEntry(new JarEntry("gadget/data" + i));
                jar.write(
                        "nothing much, but different each time: %d".formatted(i).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
