package org.cobnut.deploy.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.catalog.CatalogEntry;
import org.cobnut.catalog.DriverCatalog;
import org.cobnut.deploy.Refusal;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Lists and installs what the signed catalogs of {@code vendors/catalogs} offer. */
@Component
public final class DriverMarket implements DriverCatalog {
    /** Framework property: for how many seconds bundles may start, and their devices not be read, before all is put back. */
    private static final String PATIENCE = "cobnut.catalog.seconds";

    private static final int USUAL_SECONDS = 30;

    private final CatalogReader reader;
    private final InstalledBundles bundles;
    private final Path work;
    private final Duration patience;

    /** A bundle of a catalog, and where that lies. */
    private record Offer(String location, Catalog catalog, CatalogItem item) {}

    @Activate
    public DriverMarket(BundleContext context) {
        String seconds = context.getProperty(PATIENCE);
        patience = Duration.ofSeconds(
                seconds != null && seconds.matches("\\d{1,4}") ? Integer.parseInt(seconds) : USUAL_SECONDS);
        work = context.getDataFile("").toPath();
        bundles = new InstalledBundles(context);
        reader = new CatalogReader(
                path(context, "cobnut.confpath").resolve("vendors"), path(context, "cobnut.statepath"), work);
    }

    @Override
    public synchronized List<CatalogEntry> available() throws IOException {
        var entries = new ArrayList<CatalogEntry>();
        var newest = new LinkedHashMap<String, Offer>();
        for (String location : reader.locations()) {
            try {
                Catalog catalog = reader.read(location, today());
                for (CatalogItem item : catalog.items())
                    newest.merge(item.bundle(), new Offer(location, catalog, item), DriverMarket::newer);
            } catch (Refusal e) {
                entries.add(new ListedBundle(location, e.why()));
            } catch (IOException e) {
                entries.add(new ListedBundle(location, "it cannot be read: " + ErrorText.withFile(e)));
            }
        }
        for (Offer offer : newest.values()) {
            CatalogItem item = offer.item();
            String installed =
                    bundles.version(item.bundle()).map(String::valueOf).orElse("");
            entries.add(new ListedBundle(item, installed, objection(offer).orElse("")));
        }
        entries.sort(Comparator.comparing(CatalogEntry::name));
        return entries;
    }

    private static Offer newer(Offer one, Offer other) {
        return one.item().version().compareTo(other.item().version()) >= 0 ? one : other;
    }

    @Override
    public synchronized String install(String name) throws IOException {
        Offer offer = find(name);
        String label = offer.item().label();
        try {
            Optional<String> objection = objection(offer);
            if (objection.isPresent()) throw new Refusal(objection.get());
            String done = install(offer, whole(offer));
            AuditLog.record(new Actor("catalog", offer.catalog().name()), "install " + label, done);
            return done;
        } catch (Refusal e) {
            AuditLog.record(new Actor("catalog", offer.catalog().name()), "install " + label, "refused: " + e.why());
            throw new IllegalStateException(
                    "%s of %s is not installed: %s".formatted(label, offer.location(), e.why()), e);
        }
    }

    private Offer find(String name) throws IOException {
        Offer best = null;
        var reasons = new ArrayList<String>();
        for (String location : reader.locations()) {
            try {
                Catalog catalog = reader.read(location, today());
                Optional<CatalogItem> item = catalog.newest(name);
                if (item.isEmpty()) continue;
                var offer = new Offer(location, catalog, item.get());
                best = best == null ? offer : newer(best, offer);
            } catch (Refusal e) {
                reasons.add(location + " is refused: " + e.why());
            } catch (IOException e) {
                reasons.add(location + " cannot be read: " + ErrorText.withFile(e));
            }
        }
        if (best != null) return best;
        throw new IllegalStateException("no catalog offers %s%s; \"nutctl drivers available\" lists what they offer"
                .formatted(name, reasons.isEmpty() ? "" : "; " + String.join("; ", reasons)));
    }

    /** Why it cannot be installed, as far as the catalog alone tells. */
    private Optional<String> objection(Offer offer) {
        CatalogItem item = offer.item();
        String revoked = offer.catalog().revoked().get(item.digest());
        if (revoked != null) return Optional.of("its maker has revoked it: " + revoked);
        return bundles.objection(item).or(() -> bundles.missing(item));
    }

    /** The bundle, and those that it comes with and that are not there yet. */
    private List<CatalogItem> whole(Offer offer) throws Refusal {
        var all = new ArrayList<>(List.of(offer.item()));
        for (int i = 0; i < all.size(); i++) {
            for (String name : all.get(i).with()) {
                if (bundles.version(name).isPresent()
                        || all.stream().anyMatch(item -> item.bundle().equals(name))) continue;
                all.add(offer.catalog()
                        .newest(name)
                        .orElseThrow(() -> new Refusal("it comes with %s, which its catalog has not".formatted(name))));
            }
        }
        return all;
    }

    private String install(Offer offer, List<CatalogItem> items) throws IOException, Refusal {
        Map<CatalogItem, Path> jars = new LinkedHashMap<>();
        try {
            for (CatalogItem item : items) jars.put(item, reader.jar(offer.location(), item, today()));
            for (var each : jars.entrySet()) bundles.check(each.getKey(), each.getValue(), work);
            bundles.resolve(jars.values());
            try (var swap = new JarSwap(bundles, jars, patience)) {
                return swap.run();
            }
        } finally {
            for (Path jar : jars.values()) Files.deleteIfExists(jar);
        }
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static Path path(BundleContext context, String property) {
        return Path.of(String.valueOf(context.getProperty(property))).toAbsolutePath();
    }

    /** A line of the list. */
    private record ListedBundle(
            String name,
            String version,
            String installed,
            String licence,
            String description,
            List<String> drivers,
            String objection)
            implements CatalogEntry {
        ListedBundle(String location, String objection) {
            this(location, "", "", "", "", List.of(), objection);
        }

        ListedBundle(CatalogItem item, String installed, String objection) {
            this(
                    item.bundle(),
                    item.version().toString(),
                    installed,
                    item.licence(),
                    item.title(),
                    item.drivers(),
                    objection);
        }
    }
}
