package org.cobnut.catalog;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The drivers of the signed catalogs that this Cobnut is told of. A service; any thread; every call may block for a minute. */
@ProviderType
public interface DriverCatalog {
    /**
     * Reads every catalog, and lists what it offers: of each bundle the highest version first. A catalog that cannot be read or
     * trusted is an entry too, which has nothing but its location and the reason.
     *
     * @throws IOException when it cannot be told which catalogs there are
     */
    List<CatalogEntry> available() throws IOException;

    /**
     * Installs the highest version of a bundle, or of the bundle that offers a driver, with the bundles that it comes with: all of
     * them or none. Returns when they run and the devices that they serve are read again; what was there before is put back when
     * that takes too long.
     *
     * @param name the symbolic name of the bundle, or the name of a driver
     * @return what was installed, in one line
     * @throws IllegalStateException when it is refused or was undone: the thing, the cause and the way out
     * @throws IOException when a catalog or a jar cannot be read
     */
    String install(String name) throws IOException;
}
