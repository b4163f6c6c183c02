package org.cobnut.deploy.catalog;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.cobnut.deploy.Refusal;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * Puts jars into the folder of drivers, all of them, and waits until their bundles run and the devices that were read before
 * are read again; otherwise puts back what was there.
 */
final class JarSwap implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A reason that lasts so long is no step on the way. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final InstalledBundles bundles;
    private final Duration patience;
    private final List<Part> parts = new ArrayList<>();
    private final Map<Path, Path> backups = new LinkedHashMap<>();
    private final Map<String, Version> before = new LinkedHashMap<>();
    private final Map<String, Set<String>> fresh = new LinkedHashMap<>();

    /** A bundle of the catalog, its jar, and where that goes. */
    private record Part(CatalogItem item, Path jar, Path place) {}

    JarSwap(InstalledBundles bundles, Map<CatalogItem, Path> jars, Duration patience) throws IOException, Refusal {
        this.bundles = bundles;
        this.patience = patience;
        for (var each : jars.entrySet()) {
            String name = each.getKey().bundle();
            Path place = bundles.place(name)
                    .orElseThrow(() -> new Refusal("a bundle of the name " + name + " is a part of Cobnut"));
            parts.add(new Part(each.getKey(), each.getValue(), place));
            bundles.version(name).ifPresent(version -> before.put(name, version));
            fresh.put(name, bundles.freshDevices(name));
            if (!Files.exists(place)) continue;
            Path backup = each.getValue().resolveSibling(each.getValue().getFileName() + ".before");
            Files.copy(place, backup, REPLACE_EXISTING);
            backups.put(place, backup);
        }
    }

    /** Installs; says what was. */
    String run() throws Refusal {
        String trouble;
        try {
            for (Part part : parts) put(part.jar(), part.place());
            trouble = awaitNew();
        } catch (IOException e) {
            trouble = "it cannot be copied: " + ErrorText.withFile(e);
        }
        if (trouble.isEmpty())
            return parts.stream()
                    .map(part -> "installed " + part.item().label() + replaced(part.item()) + " as " + part.place())
                    .collect(Collectors.joining("\n"));
        throw new Refusal(trouble + "; " + undo());
    }

    private String replaced(CatalogItem item) {
        Version old = before.get(item.bundle());
        return old == null ? "" : " in the place of " + old;
    }

    /** Renames it into place, as a whole. */
    private static void put(Path jar, Path place) throws IOException {
        Path part = place.resolveSibling(place.getFileName() + ".part");
        try {
            Files.copy(jar, part, REPLACE_EXISTING);
            Files.move(part, place, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String awaitNew() {
        long begin = System.nanoTime();
        String refused = "";
        long since = begin;
        while (true) {
            String trouble = trouble();
            long now = System.nanoTime();
            if (trouble.isEmpty()) return trouble;
            String refusal = refusal();
            if (!refusal.equals(refused)) since = now;
            refused = refusal;
            if (!refused.isEmpty() && now - since > SETTLED_NANOS) return refused;
            if (now - begin > patience.toNanos()) return "%s within %d s".formatted(trouble, patience.toSeconds());
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private String refusal() {
        for (Part part : parts) {
            String reason = bundles.refusal(part.place());
            if (!reason.isEmpty()) return reason;
        }
        return "";
    }

    /** What is not as it should be yet; empty when all is well. */
    private String trouble() {
        for (Part part : parts) {
            CatalogItem item = part.item();
            Optional<Bundle> bundle = bundles.bundle(item.bundle());
            if (bundle.isEmpty() || !bundle.get().getVersion().equals(item.version()))
                return item.label() + " is not taken";
            boolean fragment = bundle.get().getHeaders().get("Fragment-Host") != null;
            if (bundle.get().getState() != (fragment ? Bundle.RESOLVED : Bundle.ACTIVE))
                return item.label() + " does not run";
            Set<String> drivers = InstalledBundles.drivers(bundle.get());
            for (String driver : item.drivers())
                if (!drivers.contains(driver)) return item.label() + " does not offer the driver " + driver;
            Set<String> missing = missingDevices(item.bundle());
            if (!missing.isEmpty())
                return "%s does not read %s, which %s read"
                        .formatted(
                                item.label(),
                                String.join(", ", missing),
                                before.getOrDefault(item.bundle(), Version.emptyVersion));
        }
        return "";
    }

    private Set<String> missingDevices(String bundle) {
        var missing = new TreeSet<>(fresh.getOrDefault(bundle, Set.of()));
        if (!missing.isEmpty()) missing.removeAll(bundles.freshDevices(bundle));
        return missing;
    }

    /** Puts back what was there, and says what of it runs again. */
    private String undo() {
        try {
            for (Part part : parts) {
                Path backup = backups.get(part.place());
                if (backup == null) Files.deleteIfExists(part.place());
                else put(backup, part.place());
            }
        } catch (IOException e) {
            return "and what was there before cannot be put back: " + ErrorText.withFile(e);
        }
        long begin = System.nanoTime();
        while (!back() && System.nanoTime() - begin < patience.toNanos()) LockSupport.parkNanos(LOOK_NANOS);
        if (!back()) return "what was there before is put back, and does not run yet; see: nutctl drivers";
        return before.isEmpty()
                ? "nothing of it stays"
                : before.entrySet().stream()
                                .map(each -> each.getKey() + ' ' + each.getValue())
                                .collect(Collectors.joining(", "))
                        + " is back";
    }

    private boolean back() {
        for (Part part : parts) {
            CatalogItem item = part.item();
            Version old = before.get(item.bundle());
            Optional<Bundle> now = bundles.bundle(item.bundle());
            if (old == null ? now.isPresent() : !runs(now, old)) return false;
            if (!missingDevices(item.bundle()).isEmpty()) return false;
        }
        return true;
    }

    private static boolean runs(Optional<Bundle> bundle, Version version) {
        return bundle.filter(is -> is.getVersion().equals(version) && is.getState() != Bundle.INSTALLED)
                .isPresent();
    }

    @Override
    public void close() throws IOException {
        for (Path backup : backups.values()) Files.deleteIfExists(backup);
    }
}
