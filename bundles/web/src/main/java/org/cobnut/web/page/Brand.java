package org.cobnut.web.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Reads the name and the looks that a vendor gives the live page. They come from the fragment that brands Felix's web console: its
 * file {@code META-INF/webconsole.properties} serves both.
 */
final class Brand {
    private static final String CONSOLE = "org.apache.felix.webconsole";
    private static final String PROPERTIES = "META-INF/webconsole.properties";
    private static final String NAME = "webconsole.product.name";
    /** The files that the page may ask for, and the keys that tell where in the fragment they lie. */
    private static final Map<String, String> FILES =
            Map.of("brand.css", "cobnut.page.stylesheet", "brand.svg", "cobnut.page.image");

    private final Function<String, @Nullable URL> resources;

    /** @param resources finds what lies at a path in the fragment; null for nothing */
    Brand(Function<String, @Nullable URL> resources) {
        this.resources = resources;
    }

    /** The brand of the console that is installed at the time of each call. */
    static Brand of(BundleContext context) {
        return new Brand(path -> Arrays.stream(context.getBundles())
                .filter(bundle -> CONSOLE.equals(bundle.getSymbolicName()) && bundle.getState() != Bundle.UNINSTALLED)
                .findFirst()
                .map(bundle -> bundle.getResource(path))
                .orElse(null));
    }

    /** What the page is called. */
    String name() throws IOException {
        return properties().getProperty(NAME, "UPS");
    }

    /** One of the page's files that the vendor gives; empty for none. */
    Optional<URL> file(String name) throws IOException {
        String key = FILES.get(name);
        String path = key == null ? null : properties().getProperty(key);
        return Optional.ofNullable(path).map(String::strip).map(resources);
    }

    private Properties properties() throws IOException {
        var all = new Properties();
        URL file = resources.apply(PROPERTIES);
        if (file == null) return all;
        try (var text = file.openStream()) {
            all.load(new InputStreamReader(text, StandardCharsets.UTF_8));
        }
        return all;
    }
}
