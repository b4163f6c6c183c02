package org.cobnut.runtime.link;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.scan.Scanner;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The providers of links that are there, the scanners that find a port for {@code port = auto}, and the devices that wait for
 * what is not there. Any thread.
 */
@Component(service = LinkProviders.class)
public final class LinkProviders {
    private final Map<LinkProvider, Offer> providers = new ConcurrentHashMap<>();
    /** What could not be opened, by what opens it again. */
    private final Map<Runnable, Set<Wish>> waiting = new HashMap<>();

    private final Leases leases = new Leases();
    private final SerialFinder finder = new SerialFinder(System::nanoTime);

    /** What a session asked for. */
    private record Wish(String kind, String scheme) {}

    /** What a provider opens. */
    private record Offer(Collection<?> kinds, Collection<?> schemes, boolean isNative) {
        static Offer of(Map<String, ?> properties) {
            return new Offer(
                    several(properties.get(LinkProvider.KIND)),
                    several(properties.get(LinkProvider.SCHEME)),
                    Boolean.parseBoolean(String.valueOf(properties.get(LinkProvider.NATIVE))));
        }

        boolean takes(Wish wish, String scheme) {
            return kinds.contains(wish.kind()) && schemes.contains(scheme);
        }

        boolean takes(Wish wish) {
            return takes(wish, wish.scheme()) || takes(wish, LinkProvider.ANY);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(LinkProvider provider, Map<String, ?> properties) {
        offer(provider, properties);
    }

    /** It opens other ports now, or has noticed another device. */
    void updatedProvider(LinkProvider provider, Map<String, ?> properties) {
        offer(provider, properties);
    }

    void removeProvider(LinkProvider provider) {
        providers.remove(provider);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addScanner(Scanner scanner) {
        finder.add(scanner);
    }

    void removeScanner(Scanner scanner) {
        finder.remove(scanner);
    }

    SerialFinder finder() {
        return finder;
    }

    Leases leases() {
        return leases;
    }

    /**
     * Opens a link.
     *
     * @param retry called once, on some thread, when a provider of this kind and scheme has come or has changed after this
     *     failed
     */
    Link open(LinkRequest request, Runnable retry) throws IOException {
        var wish = new Wish(request.kind().getName(), LinkProvider.scheme(request.port()));
        await(wish, retry); // beforehand, for what comes while the provider looks for it
        Link link = provider(wish).orElseThrow(() -> missing(wish, request)).open(request);
        if (!request.kind().isInstance(link)) {
            link.close();
            throw new IOException("the bundle that opened " + request.port() + " made a "
                    + link.getClass().getName() + " and no " + request.kind().getName());
        }
        satisfied(wish, retry);
        leases.forget(retry); // for devices that it would have taken as well
        return link;
    }

    /** Whether a link of this kind to this port would run native code in this process. */
    boolean runsNative(Class<? extends Link> kind, String port) {
        return offer(new Wish(kind.getName(), LinkProvider.scheme(port)))
                .filter(entry -> entry.getValue().isNative())
                .isPresent();
    }

    /** Nobody waits there any more. */
    public void forget(Runnable retry) {
        synchronized (waiting) {
            waiting.remove(retry);
        }
        leases.forget(retry);
    }

    private void offer(LinkProvider provider, Map<String, ?> properties) {
        var offer = Offer.of(properties);
        providers.put(provider, offer);
        var woken = new HashSet<Runnable>();
        synchronized (waiting) {
            waiting.entrySet().removeIf(entry -> {
                boolean wakes = entry.getValue().stream().anyMatch(offer::takes);
                if (wakes) woken.add(entry.getKey());
                return wakes;
            });
        }
        woken.forEach(Runnable::run);
    }

    private void await(Wish wish, Runnable retry) {
        synchronized (waiting) {
            waiting.computeIfAbsent(retry, same -> new HashSet<>()).add(wish);
        }
    }

    private void satisfied(Wish wish, Runnable retry) {
        synchronized (waiting) {
            Set<Wish> wishes = waiting.get(retry);
            if (wishes != null && wishes.remove(wish) && wishes.isEmpty()) waiting.remove(retry);
        }
    }

    private Optional<LinkProvider> provider(Wish wish) {
        return offer(wish).map(Map.Entry::getKey);
    }

    private Optional<Map.Entry<LinkProvider, Offer>> offer(Wish wish) {
        return offer(wish, wish.scheme()).or(() -> offer(wish, LinkProvider.ANY));
    }

    private Optional<Map.Entry<LinkProvider, Offer>> offer(Wish wish, String scheme) {
        return providers.entrySet().stream()
                .filter(entry -> entry.getValue().takes(wish, scheme))
                .findFirst();
    }

    /** The values of a service property that has none, one or several. */
    public static Collection<?> several(@Nullable Object property) {
        if (property instanceof Object[] all) return Arrays.asList(all);
        return property == null ? List.of() : List.of(property);
    }

    private IOException missing(Wish wish, LinkRequest request) {
        var schemes = new TreeSet<String>();
        for (Offer offer : providers.values())
            if (offer.kinds().contains(wish.kind()))
                offer.schemes().forEach(scheme -> schemes.add(String.valueOf(scheme)));
        return new IOException("no bundle offers %s links (%s) for port %s; there are: %s"
                .formatted(
                        wish.scheme(),
                        request.kind().getSimpleName(),
                        request.port(),
                        schemes.isEmpty() ? "none" : String.join(", ", schemes)));
    }
}
