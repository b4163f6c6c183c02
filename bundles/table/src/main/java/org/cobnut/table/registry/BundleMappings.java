package org.cobnut.table.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Consumer;
import org.cobnut.table.mapping.Mappings;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/** Follows the bundles that announce mapping files: while such a bundle runs, the files of its folder count. */
final class BundleMappings extends BundleTracker<MappingSource> {
    /** The attribute of the capability that names the folder in the bundle. */
    private static final String PATH = "path";

    private final MappingStore store;
    private final Consumer<String> log;

    BundleMappings(BundleContext context, MappingStore store, Consumer<String> log) {
        super(context, Bundle.STARTING | Bundle.ACTIVE, null);
        this.store = store;
        this.log = log;
    }

    @Override
    public @Nullable MappingSource addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) return null;
        var texts = new ArrayList<MappingText>();
        for (BundleCapability capability : wiring.getCapabilities(Mappings.CAPABILITY))
            texts.addAll(read(bundle, String.valueOf(capability.getAttributes().getOrDefault(PATH, "mappings"))));
        if (texts.isEmpty()) return null;
        var source = new MappingSource(bundle.getBundleId(), bundle.getSymbolicName());
        store.replace(source, texts);
        return source;
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, MappingSource source) {
        store.replace(source, List.of());
    }

    private List<MappingText> read(Bundle bundle, String path) {
        var texts = new ArrayList<MappingText>();
        Enumeration<URL> found = bundle.findEntries(path, "*.map", true);
        for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
            String file = bundle.getSymbolicName() + ':' + url.getPath().replaceFirst("^/", "");
            try (InputStream in = url.openStream()) {
                texts.add(MappingText.of(file, in.readAllBytes()));
            } catch (IOException e) {
                log.accept(file + ": it cannot be read: " + ErrorText.of(e));
            }
        }
        return texts;
    }
}
