package org.cobnut.deploy.catalog;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Describes a bundle that a catalog offers.
 *
 * @param file its name beside the catalog
 * @param digest the SHA-256 of the file, in hexadecimal digits
 * @param with symbolic names of bundles of the same catalog without which it does not run
 * @param needs the packages that it imports
 */
record CatalogItem(
        String bundle,
        Version version,
        String file,
        String digest,
        String licence,
        String title,
        List<String> drivers,
        List<String> with,
        List<Need> needs) {
    CatalogItem {
        drivers = List.copyOf(drivers);
        with = List.copyOf(with);
        needs = List.copyOf(needs);
    }

    /** A package in a range of versions. */
    record Need(String name, VersionRange range) {}

    /** The bundle's name and version, as people write them. */
    String label() {
        return bundle + ' ' + version;
    }

    boolean named(String name) {
        return bundle.equals(name) || drivers.contains(name);
    }

    CatalogItem withLicence(String text) {
        return new CatalogItem(bundle, version, file, digest, text, title, drivers, with, needs);
    }

    CatalogItem withTitle(String text) {
        return new CatalogItem(bundle, version, file, digest, licence, text, drivers, with, needs);
    }

    CatalogItem withDrivers(List<String> names) {
        return new CatalogItem(bundle, version, file, digest, licence, title, names, with, needs);
    }

    CatalogItem withBundles(List<String> names) {
        return new CatalogItem(bundle, version, file, digest, licence, title, drivers, names, needs);
    }

    CatalogItem withNeed(Need need) {
        var all = new ArrayList<>(needs);
        all.add(need);
        return new CatalogItem(bundle, version, file, digest, licence, title, drivers, with, all);
    }
}
