package org.cobnut.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrandTest {
    @TempDir
    private Path fragment;

    private final Brand brand = new Brand(this::resource);

    @Test
    void withoutAFragmentThePageHasItsOwnNameAndLooks() throws IOException {
        assertThat(brand.name()).isEqualTo("UPS");
        assertThat(brand.file("brand.css")).isEmpty();
    }

    @Test
    void aFragmentGivesTheNameAndTheFilesThatItNamesAndNoOthers() throws IOException {
        Files.createDirectories(fragment.resolve("META-INF"));
        Files.writeString(
                fragment.resolve("META-INF/webconsole.properties"),
                "webconsole.product.name = Acme Énergie\ncobnut.page.stylesheet = acme/page.css\n");
        Files.createDirectories(fragment.resolve("acme"));
        Files.writeString(fragment.resolve("acme/page.css"), "body {}");
        assertThat(brand.name()).isEqualTo("Acme Énergie");
        assertThat(brand.file("brand.css"))
                .hasValueSatisfying(file -> assertThat(file.getPath()).endsWith("acme/page.css"));
        assertThat(brand.file("brand.svg")).isEmpty();
        assertThat(brand.file("app.css")).isEmpty();
    }

    private @Nullable URL resource(String path) {
        Path file = fragment.resolve(path);
        try {
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
