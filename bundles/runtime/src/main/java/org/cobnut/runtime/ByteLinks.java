package org.cobnut.runtime;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cobnut.link.ByteLink;
import org.cobnut.link.ByteLinkProvider;
import org.cobnut.link.SerialParameters;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The link bundles that are there, by the schemes of their ports, and the devices that wait for one that is not. */
@Component(service = ByteLinks.class)
public final class ByteLinks {
    private final Map<ByteLinkProvider, Collection<?>> providers = new ConcurrentHashMap<>();
    private final Set<Runnable> waiting = new HashSet<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(ByteLinkProvider provider, Map<String, ?> properties) {
        providers.put(provider, schemes(properties.get(ByteLinkProvider.SCHEME)));
        List<Runnable> all;
        synchronized (waiting) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Runnable::run);
    }

    void removeProvider(ByteLinkProvider provider) {
        providers.remove(provider);
    }

    /**
     * Opens a port.
     *
     * @param retry called once, on some thread, when a link bundle has come after none was there for this port
     */
    ByteLink open(String port, SerialParameters parameters, Runnable retry) throws IOException {
        String scheme = ByteLinkProvider.scheme(port);
        Optional<ByteLinkProvider> provider = provider(scheme);
        if (provider.isEmpty()) {
            synchronized (waiting) {
                waiting.add(retry);
            }
            provider = provider(scheme); // it may have come just now, and will then not call
        }
        return provider.orElseThrow(() -> missing(scheme, port)).open(port, parameters);
    }

    /** Nobody waits there any more. */
    void forget(Runnable retry) {
        synchronized (waiting) {
            waiting.remove(retry);
        }
    }

    private IOException missing(String scheme, String port) {
        String kinds = providers.values().stream()
                .flatMap(Collection::stream)
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        return new IOException("no bundle offers " + scheme + " links for port " + port + "; there are: "
                + (kinds.isEmpty() ? "none" : kinds));
    }

    private Optional<ByteLinkProvider> provider(String scheme) {
        return providers.entrySet().stream()
                .filter(entry -> entry.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Collection<?> schemes(@Nullable Object property) {
        if (property instanceof Object[] several) return Arrays.asList(several);
        return property == null ? List.of() : List.of(property);
    }
}
