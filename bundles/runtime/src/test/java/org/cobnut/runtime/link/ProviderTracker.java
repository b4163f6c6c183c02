package org.cobnut.runtime.link;

import java.util.Map;
import java.util.TreeMap;
import org.cobnut.link.LinkProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Binds providers of links as Declarative Services does. */
public final class ProviderTracker extends ServiceTracker<LinkProvider, LinkProvider> {
    private final LinkProviders providers;

    public ProviderTracker(BundleContext context, LinkProviders providers) {
        super(context, LinkProvider.class, null);
        this.providers = providers;
    }

    /** Binds one without a framework. */
    public static void add(LinkProviders providers, LinkProvider provider, Map<String, ?> properties) {
        providers.addProvider(provider, properties);
    }

    @Override
    public LinkProvider addingService(ServiceReference<LinkProvider> reference) {
        LinkProvider provider = context.getService(reference);
        providers.addProvider(provider, properties(reference));
        return provider;
    }

    @Override
    public void modifiedService(ServiceReference<LinkProvider> reference, LinkProvider provider) {
        providers.updatedProvider(provider, properties(reference));
    }

    @Override
    public void removedService(ServiceReference<LinkProvider> reference, LinkProvider provider) {
        providers.removeProvider(provider);
        context.ungetService(reference);
    }

    private static Map<String, Object> properties(ServiceReference<?> reference) {
        var properties = new TreeMap<String, Object>();
        for (String key : reference.getPropertyKeys()) properties.put(key, reference.getProperty(key));
        return properties;
    }
}
