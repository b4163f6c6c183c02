package org.cobnut.web.page;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** Writes the page's one document, which loads its scripts and styles from {@code /ups/}, whatever its own address is. */
public final class IndexPage {
    /** Scripts of this page only, none of which may make markup of text. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private final Brand brand;

    public IndexPage(BundleContext context) {
        brand = Brand.of(context);
    }

    /** One of the page's files that the vendor gives; empty for none. */
    public Optional<URL> file(String name) throws IOException {
        return brand.file(name);
    }

    /** The document. */
    public String html() throws IOException {
        try (var page = IndexPage.class.getResourceAsStream("index.html")) {
            if (page == null) throw new IOException("the bundle lacks index.html");
            String name = brand.name().replace("&", "&amp;").replace("<", "&lt;");
            String style =
                    brand.file("brand.css").isPresent() ? "<link rel=\"stylesheet\" href=\"/ups/brand.css\">" : "";
            return new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{name}", name)
                    .replace("{style}", style);
        }
    }
}
